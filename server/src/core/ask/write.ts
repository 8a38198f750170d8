import { AppError } from '../../errors/app-error.ts';
import type { AnswerPart, AnswerTrace, Source } from '../../models/answer.ts';
import type { ChatMessage, ModelProfile, TokenUsage } from '../../models/language-model.ts';
import { callerOf } from '../queue/caller-of.ts';
import type { AskTools } from './ask-ports.ts';
import { fitToBudget, type Budgeted } from './budget.ts';
import { createCitingWriter } from './grounding/citing-writer.ts';
import type { Outcome } from './conclude.ts';
import { asSource } from './grounding/evidence.ts';
import { failureOf, generate } from './generate.ts';
import type { Prepared } from './prepare.ts';
import { buildPrompt } from './prompt.ts';
import type { AskContext } from './question.ts';
import { readSource } from './grounding/readable-sources.ts';
import { read, readMeanwhile, type Reading, type ReadingRequest } from './grounding/reading.ts';
import { isBundled } from './conversation/rewrite.ts';

export interface WriteJob {
  prepared: Prepared;
  request: ReadingRequest;
  context: AskContext;
  tools: AskTools;
}

/** What the model wrote, and from what. */
export interface Writing {
  outcome: Outcome;
  reading: Reading;
  sources: readonly Source[];
  budget: AnswerTrace['budget'];
  usage: TokenUsage;
  firstTokenMs: number | null;
  streamed: string;
}

/** Chat headers and the like, which the tokenizer does not see. */
const frameTokens = 64;
const largestHistoryTokens = 512;
const historyShare = 1 / 8;
const largestAnswerShare = 1 / 4;
/** More sources than this confuse models of a few billion parameters more than they help. */
const mostSources = 8;
/**
 * The bundled model copies one sentence; what it writes beyond that is noise. It finds the sentence in few and short
 * sources: on the sample documents it answered half as often again from 200 tokens as from 1,200.
 */
const bundledLimits = { answerTokens: 160, sourceTokens: 200, sources: 3 };
const noUsage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

/** Has those tokens of the prompt counted that do not depend on what is found, while it is looked for. */
export function countAhead({ question, language, model, memory }: Prepared, { countTokens }: AskTools): void {
  if (model === null) return;
  const history = isBundled(model) ? [] : memory.history;
  const prompt = buildPrompt({ question, sources: [], language, history });
  // Whoever needs the counts asks again, and is told of a failure then.
  countTokens(
    model.name,
    prompt.map(({ text }) => text),
  ).catch(() => undefined);
}

/** The budget, prompt, generate and cite stages. */
export async function* write({ prepared, request, context, tools }: WriteJob): AsyncGenerator<AnswerPart, Writing> {
  const { model } = prepared;
  if (model === null) return yield* withoutModel('model_unavailable', request);
  const fitted = await fit(model, { prepared, request, tools }).catch(failureOf);
  if (typeof fitted === 'string') return yield* withoutModel(fitted, request);

  const { sources: evidence, trace: budget, promptTokens, history, maxTokens } = fitted;
  const sources = evidence.map(asSource);
  yield { type: 'sources', sources };

  const { question, language } = request;
  const readable = evidence.map((source) => readSource(source, language));
  const writer = createCitingWriter({ question, sources: readable, language });
  const messages = buildPrompt({ question, sources: evidence, language, history });
  const sampling = { ...prepared.sampling, maxTokens };
  let charged: TokenUsage = noUsage;
  const reading = readMeanwhile(request);
  const call = { signal: context.signal, caller: callerOf(context.principal, 'interactive') };
  try {
    const written = yield* generate(
      { model, adapter: prepared.adapter, messages, sampling, promptTokens, writer },
      { engine: tools.engine, call, onUsage: (usage) => (charged = usage) },
    );
    const { usage, firstTokenAt, failure } = written;
    const { cited, doesNotKnow } = writer;
    const outcome: Outcome =
      failure === null
        ? { type: 'written', cited, doesNotKnow, byBundledModel: isBundled(model) }
        : { type: 'failed', reason: failure };
    const firstTokenMs = firstTokenAt === null ? null : firstTokenAt - prepared.startedAt;
    const streamed = doesNotKnow ? '' : cited.text;
    return { outcome, reading: await reading, sources, budget, usage, firstTokenMs, streamed };
  } finally {
    // Also when the client left: what was generated was used.
    await tools.metering.charge(context.principal, { model: model.name, usage: charged });
  }
}

async function* withoutModel(reason: string, request: ReadingRequest): AsyncGenerator<AnswerPart, Writing> {
  const sources = request.found.map(asSource);
  yield { type: 'sources', sources };
  return {
    outcome: { type: 'failed', reason },
    reading: read(request),
    sources,
    budget: null,
    usage: noUsage,
    firstTokenMs: null,
    streamed: '',
  };
}

interface Fitted extends Budgeted {
  promptTokens: number;
  history: readonly ChatMessage[];
  maxTokens: number;
}

/** Divides the context of the model between the answer, the turns before and the sources. */
async function fit(
  model: ModelProfile,
  { prepared, request, tools }: Pick<WriteJob, 'prepared' | 'request' | 'tools'>,
): Promise<Fitted> {
  const countTokens = (texts: readonly string[]): Promise<number[]> => tools.countTokens(model.name, texts);
  const { question, language } = request;
  const longest = isBundled(model) ? bundledLimits.answerTokens : Math.floor(model.contextTokens * largestAnswerShare);
  const maxTokens = Math.min(prepared.sampling.maxTokens, longest);
  const history = await fitHistory(prepared.memory.history, { model, countTokens });
  const without = buildPrompt({ question, sources: [], language, history });
  const used = sum(await countTokens(without.map(({ text }) => text))) + frameTokens;
  const room = Math.min(model.sourceTokens, model.contextTokens - maxTokens - used);
  const budgeted = await fitToBudget(request.found, {
    question,
    language,
    limitTokens: isBundled(model) ? Math.min(room, bundledLimits.sourceTokens) : room,
    mostSources: isBundled(model) ? bundledLimits.sources : mostSources,
    countTokens,
  });
  // Without sources there would only be the model's memory.
  if (budgeted.sources.length === 0) throw new AppError('context_too_long');
  const given = sum(budgeted.trace.sources.map(({ givenTokens }) => givenTokens));
  return { ...budgeted, promptTokens: used + given, history, maxTokens };
}

/** The last turns that fit. The bundled model was not trained on conversations, so it gets none. */
async function fitHistory(
  history: readonly ChatMessage[],
  { model, countTokens }: { model: ModelProfile; countTokens(texts: readonly string[]): Promise<number[]> },
): Promise<readonly ChatMessage[]> {
  if (isBundled(model) || history.length === 0) return [];
  const limit = Math.min(largestHistoryTokens, model.contextTokens * historyShare);
  const tokens = await countTokens(history.map(({ text }) => text));
  let first = history.length;
  let used = 0;
  // Questions and answers come in pairs.
  while (first >= 2) {
    used += (tokens[first - 1] ?? 0) + (tokens[first - 2] ?? 0);
    if (used > limit) break;
    first -= 2;
  }
  return history.slice(first);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}
