import type { Answer, AnswerPart, AnswerTrace } from '../../models/answer.ts';
import { newId } from '../../models/new-id.ts';
import type { TokenUsage } from '../../models/language-model.ts';
import type { CachedAnswer } from './answer-cache.ts';
import type { AskTools } from './ask-ports.ts';
import { conclude, refuse, type Conclusion, type Outcome } from './conclude.ts';
import { gate } from './gate.ts';
import { remember } from './conversation/memory.ts';
import type { Prepared } from './prepare.ts';
import { read, type ReadingRequest } from './grounding/reading.ts';
import type { AskContext } from './question.ts';
import { retrieve } from './retrieve.ts';
import { introduceItself } from './conversation/small-talk.ts';
import { countAhead, write, type Writing } from './write.ts';

type Parts = AsyncGenerator<AnswerPart, void>;

const noUsage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
const emptyTrace: AnswerTrace = {
  rewrite: null,
  retrieval: { degraded: null, passages: [] },
  gate: null,
  budget: null,
  fallback: null,
};

/** Small talk: a fixed text, no retrieval, no model. */
export async function* introduce(prepared: Prepared, tools: AskTools): Parts {
  const text = introduceItself(prepared.question, prepared.language, prepared.model);
  yield { type: 'sources', sources: [] };
  const conclusion: Conclusion = {
    answered: true,
    mode: 'generated',
    text,
    sentences: [],
    citations: [],
    refusal: null,
    nearest: [],
    fallback: 'small talk',
  };
  yield* finish(draft(prepared, conclusion), { prepared, tools, streamed: '' });
}

/** The answer given before to the same question over the same documents, for the same rights. */
export async function* answerFromCache(prepared: Prepared, cached: CachedAnswer, tools: AskTools): Parts {
  yield { type: 'sources', sources: cached.sources };
  const { id, conversationId, timings } = draft(prepared, cached.answer);
  const answer: Answer = { ...cached.answer, id, conversationId, timings, mode: 'cached', usage: noUsage };
  yield* finish(answer, { prepared, tools, streamed: '' });
}

/** Rewrite, retrieve, gate, budget, prompt, generate, cite: everything that was decided is in the trace. */
export async function* answerFromSources(prepared: Prepared, context: AskContext, tools: AskTools): Parts {
  const { question, language, model } = prepared;
  countAhead(prepared, tools);
  const retrieved = await retrieve(prepared, context, tools);
  const request: ReadingRequest = {
    question: retrieved.rewrite?.question ?? question,
    found: retrieved.found,
    language,
  };
  const gated = gate(retrieved.passages, retrieved.embeddingModel);
  const trace = { ...emptyTrace, rewrite: retrieved.rewrite, retrieval: retrieved.trace, gate: gated.trace };

  if (gated.refusal !== null) {
    yield { type: 'sources', sources: [] };
    const refusal = refuse(gated.refusal, { ...request, ...read(request) });
    const course = { trace, retrieveMs: retrieved.milliseconds };
    yield* finish(draft(prepared, refusal, course), { prepared, tools, streamed: '' });
    return;
  }
  const written: Writing = yield* write({ prepared, request, context, tools });
  const { outcome, reading, sources, usage, firstTokenMs, budget } = written;
  const answer = draft(prepared, conclude(outcome, { ...request, ...reading }), {
    trace: { ...trace, budget },
    retrieveMs: retrieved.milliseconds,
    usage,
    firstTokenMs,
  });
  const cached = isRepeatable(outcome) && model !== null ? { answer, sources } : null;
  yield* finish(answer, { prepared, tools, streamed: written.streamed, cached });
}

/** A model that could not answer now may do so the next time. */
function isRepeatable(outcome: Outcome): boolean {
  return outcome.type === 'written';
}

interface Course {
  trace?: AnswerTrace;
  retrieveMs?: number;
  firstTokenMs?: number | null;
  usage?: TokenUsage;
}

function draft(
  { memory, language, model, startedAt }: Prepared,
  { fallback, ...conclusion }: Omit<Conclusion, 'fallback'> & { fallback?: string | null },
  { trace = emptyTrace, retrieveMs = 0, firstTokenMs = null, usage = noUsage }: Course = {},
): Answer {
  return {
    ...conclusion,
    id: newId('ans'),
    conversationId: memory.conversationId,
    language,
    model: model?.name ?? null,
    usage,
    timings: { retrieveMs, firstTokenMs, totalMs: performance.now() - startedAt },
    trace: { ...trace, fallback: fallback ?? null },
  };
}

interface Finishing {
  prepared: Prepared;
  tools: AskTools;
  /** The deltas passed on so far, joined. */
  streamed: string;
  /** What the cache gets, while the disk is written. */
  cached?: CachedAnswer | null;
}

/** Remembers the turn; then, unless it was streamed already, the text; last the answer itself. */
async function* finish(answer: Answer, { prepared, tools, streamed, cached = null }: Finishing): Parts {
  const { question, memory, startedAt } = prepared;
  const [remembered] = await Promise.all([
    remember(memory, { question, answer, at: tools.now() }, tools),
    cached === null ? undefined : tools.answers.put(prepared.cacheKey, cached),
  ]);
  if (streamed === '') {
    yield { type: 'text-delta', delta: answer.text };
    for (const citation of answer.citations) yield { type: 'citation', citation };
  }
  const timings = { ...remembered.timings, totalMs: performance.now() - startedAt };
  const replace = streamed !== '' && streamed !== answer.text;
  yield { type: 'finish', answer: { ...remembered, timings }, replace };
}
