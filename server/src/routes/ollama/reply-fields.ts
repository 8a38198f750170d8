import type { Citation } from '../../models/answer.ts';
import type { GeneratePart, LogprobEntry } from '../../ports/engine.ts';
import type { TokenLogprob } from '../../models/language-model.ts';
import { toCitationBody } from '../bodies/answer-bodies.ts';

export type FinishPart = Extract<GeneratePart, { type: 'finish' }>;

const nanosecondsPerMs = 1e6;

/** Counts are tokens, durations nanoseconds; what is zero is absent. */
export function metricFields({ usage, timings }: FinishPart): Record<string, number> {
  const { queueMs, loadMs, promptMs, generateMs } = timings;
  const fields = {
    total_duration: nanoseconds(queueMs + loadMs + promptMs + generateMs),
    load_duration: nanoseconds(loadMs),
    prompt_eval_count: usage.promptTokens,
    prompt_eval_cached_count: usage.cachedTokens,
    prompt_eval_duration: nanoseconds(promptMs),
    eval_count: usage.completionTokens,
    eval_duration: nanoseconds(generateMs),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0));
}

export function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * nanosecondsPerMs);
}

/** A reason of the engine as Ollama calls it; calls of tools end a turn like any other. */
export function doneReason({ reason }: FinishPart): 'stop' | 'length' {
  return reason === 'length' ? 'length' : 'stop';
}

export function logprobFields(logprobs: readonly LogprobEntry[] = []): object {
  if (logprobs.length === 0) return {};
  return {
    logprobs: logprobs.map(({ top, ...token }) => ({
      ...tokenBody(token),
      ...(top.length === 0 ? {} : { top_logprobs: top.map(tokenBody) }),
    })),
  };
}

function tokenBody({ token, logprob, bytes }: TokenLogprob): object {
  return { token, logprob, bytes };
}

/** Where an answer from documents has its sentences from; Ollama knows no such thing. */
export function citationFields(citations: readonly Citation[]): object {
  return citations.length === 0 ? {} : { citations: citations.map(toCitationBody) };
}
