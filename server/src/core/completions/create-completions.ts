import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { TokenUsage } from '../../models/language-model.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Ask } from '../ask/ask.ts';
import type { Insights } from '../insights/insights.ts';
import { callerOf } from '../queue/caller-of.ts';
import type { Metering } from '../usage/metering.ts';
import { answerFromData, dataIn } from './answer-from-data.ts';
import { answerFromDocuments, asksDocuments } from './answer-from-documents.ts';
import { assertPermitted, chooseModel, modelOfKind, type ChoosePorts, type Chosen } from './choose-model.ts';
import type { CallContext, CompletionPart, CompletionRequest, Completions } from './completions.ts';
import { assertCapable, composePrompt } from './compose-prompt.ts';
import { cutVector, refuseTooLong } from './embedding.ts';
import { assertFewStops, contextTokensOf, samplingOf } from './persona-sampling.ts';
import { note, usageOf, type Written } from './unfinished-usage.ts';

export interface CompletionPorts extends ChoosePorts {
  engine: Engine;
  ask: Ask;
  insights: Pick<Insights, 'answer'>;
  metering: Metering;
  now: () => Date;
}

export function createCompletions(ports: CompletionPorts): Completions {
  const { engine, metering, now } = ports;
  const chosenFor = (request: Pick<CompletionRequest, 'model' | 'prompt' | 'conversation'>, context: CallContext) =>
    chooseModel(request, context, ports);

  /** Every kind of model has a tokenizer. */
  async function tokenizerOf(model: string, context: CallContext): Promise<string> {
    return (await modelOfKind({ model, kind: 'any' }, context, ports)).name;
  }

  return {
    async *complete(request, context) {
      await metering.assertTokensLeft(context.principal);
      const chosen = await chosenFor(request, context);
      const { profile, persona, route } = chosen;
      const start = { type: 'start', model: { name: profile.name, persona: persona?.name ?? null, route } } as const;
      const data = dataIn(request, persona);
      if (data !== undefined) {
        yield* startedWithFirst(start, answerFromData(data, context, { insights: ports.insights, persona }));
        return;
      }
      if (asksDocuments(request, persona)) {
        yield start;
        yield* answerFromDocuments(request, context, { chosen, ask: ports.ask });
        return;
      }
      assertCapable(request.prompt, profile);
      yield* startedWithFirst(start, generate(request, context, { chosen, ports }));
    },
    async embed(request, context) {
      await metering.assertTokensLeft(context.principal);
      const { name, contextTokens } = await modelOfKind({ model: request.model, kind: 'embedding' }, context, ports);
      const counts = await engine.countTokens(name, request.texts);
      if (request.truncate === false) refuseTooLong(counts, contextTokens);
      const call = { signal: context.signal, caller: callerOf(context.principal, 'batch') };
      const vectors = request.texts.length === 0 ? [] : await engine.embed(name, request.texts, call);
      const { keepAliveMs = null } = request;
      if (vectors.length === 0 || keepAliveMs !== null) await engine.load(name, { ...call, keepAliveMs });
      const promptTokens = counts.reduce((sum, count) => sum + count, 0);
      await metering.charge(context.principal, { model: name, usage: { ...noUsage, promptTokens } });
      return { vectors: vectors.map((vector) => cutVector(vector, request.dimensions)), promptTokens };
    },
    async rerank({ model, query, texts }, context) {
      await metering.assertTokensLeft(context.principal);
      const name = await rerankerName(model, context, ports);
      const counts = await engine.countTokens(name, [query, ...texts]);
      const call = { signal: context.signal, caller: callerOf(context.principal, 'batch') };
      const scores = texts.length === 0 ? [] : await engine.rerank({ model: name, query, texts }, call);
      const promptTokens = counts.reduce((sum, count) => sum + count, 0);
      await metering.charge(context.principal, { model: name, usage: { ...noUsage, promptTokens } });
      return { model: name, scores, promptTokens };
    },
    async tokenize({ model, text }, context) {
      return engine.tokenize(await tokenizerOf(model, context), text);
    },
    async detokenize({ model, tokens }, context) {
      return engine.detokenize(await tokenizerOf(model, context), tokens);
    },
    async countPrompt(request, context) {
      const { profile, persona } = await chosenFor(request, context);
      const [count = 0] = await engine.countTokens(profile.name, [composePrompt(request.prompt, { persona, now })]);
      return count;
    },
    async load({ model, keepAliveMs }, context) {
      const { profile, adapter } = await chosenFor({ model, prompt: { type: 'raw', text: '' } }, context);
      await engine.load(profile.name, {
        adapter,
        keepAliveMs,
        signal: context.signal,
        caller: callerOf(context.principal, 'interactive'),
      });
    },
  };
}

const noUsage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

/** Lets the engine write, and counts what it did, also of a completion that its reader left. */
async function* generate(
  request: CompletionRequest,
  context: CallContext,
  {
    chosen: { profile, persona, adapter },
    ports: { engine, metering, now },
  }: { chosen: Chosen; ports: CompletionPorts },
): AsyncGenerator<CompletionPart> {
  const { topLogprobs, overflow, keepAliveMs, returnTokens, format, priority = 'interactive' } = request;
  const prompt = composePrompt(request.prompt, { persona, now });
  const contextTokens = request.contextTokens ?? contextTokensOf(persona);
  const sampling = samplingOf(request, { profile, persona });
  assertFewStops(sampling.stop);
  const written: Written = { parts: 0, text: '' };
  let usage: TokenUsage | undefined;
  try {
    for await (const part of engine.generate(
      {
        model: profile.name,
        prompt,
        sampling,
        adapter,
        contextTokens,
        topLogprobs,
        overflow,
        keepAliveMs,
        returnTokens,
        format,
      },
      { signal: context.signal, caller: callerOf(context.principal, priority) },
    )) {
      if (part.type === 'finish') ({ usage } = part);
      else note(part, written);
      yield part;
    }
  } finally {
    const most = Math.min(profile.contextTokens, contextTokens ?? Infinity);
    usage ??= await usageOf(written, { prompt, model: profile.name, most, engine });
    await metering.charge(context.principal, { model: profile.name, usage });
  }
}

/** What fails before the first part fails before `start` is said: the reply can still be an error. */
async function* startedWithFirst(
  start: CompletionPart,
  parts: AsyncGenerator<CompletionPart>,
): AsyncGenerator<CompletionPart> {
  let hasStarted = false;
  for await (const part of parts) {
    if (!hasStarted) yield start;
    hasStarted = true;
    yield part;
  }
}

async function rerankerName(model: string | undefined, context: CallContext, ports: CompletionPorts): Promise<string> {
  if (model !== undefined) return (await modelOfKind({ model, kind: 'reranker' }, context, ports)).name;
  const profile = await ports.models.forReranking();
  if (profile === undefined) {
    throw new AppError('model_unavailable', { detail: told`No reranker is configured or on this machine: name one.` });
  }
  assertPermitted([profile.name], context.principal);
  return profile.name;
}
