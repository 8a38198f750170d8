import { z } from 'zod';
import type { Told } from '../../../../errors/told.ts';
import type { GeneratePart, GenerateRequest } from '../../../../ports/engine.ts';
import { anyNumber, credibleMs, credibleUsage } from '../wire/credible.ts';
import { Deltas } from '../wire/deltas.ts';
import { parseReply, streamLimits } from '../wire/http.ts';
import { readEvents } from '../wire/lines.ts';
import { logprobReply, toLogprobs } from '../wire/logprobs.ts';
import { statusFailure } from '../wire/status-failure.ts';
import { endedEarly } from '../wire/trouble.ts';

/** One event of `/completion` or `/infill`. */
const eventReply = z.object({
  error: z.unknown().optional(),
  content: z.string().nullish(),
  tokens: z.array(z.number().int().nonnegative()).nullish(),
  stop: z.boolean().nullish(),
  stop_type: z.string().nullish(),
  stopping_word: z.string().nullish().catch(null),
  completion_probabilities: z.array(logprobReply).nullish(),
  timings: z
    .object({
      cache_n: anyNumber,
      prompt_n: anyNumber,
      prompt_ms: anyNumber,
      predicted_n: anyNumber,
      predicted_ms: anyNumber,
    })
    .nullish()
    .catch(null),
});

export interface LlamaStreamOptions {
  request: GenerateRequest;
  label: Told;
  /** Of the prompt, to be told with the finish. */
  promptTokens: readonly number[] | undefined;
}

/** The parts of a completion, of the events that llama-server sends. */
export async function* decodeLlama(
  lines: AsyncIterable<readonly string[]>,
  { request, label, promptTokens }: LlamaStreamOptions,
): AsyncGenerator<GeneratePart> {
  const deltas = new Deltas(request);
  const tokens: number[] = [];
  for await (const events of readEvents(lines, streamLimits)) {
    for (const event of events) {
      const reply = parseReply(event, eventReply);
      if (reply.error !== undefined) throw statusFailure({ status: 500, text: event, retryAfter: undefined, label });
      if (promptTokens !== undefined && reply.stop !== true) tokens.push(...(reply.tokens ?? []));
      const logprobs = toLogprobs(reply.completion_probabilities ?? []);
      const told = request.topLogprobs === 0 ? withoutOthers(logprobs) : logprobs;
      for (const part of deltas.text(reply.content ?? '', told)) yield part;
      if (reply.stop !== true) continue;
      const context = promptTokens && [...promptTokens, ...tokens];
      yield finishOf(reply, { request, received: deltas.received, tokens: context });
      return;
    }
  }
  throw endedEarly(new Error('no event said that it stopped'));
}

function withoutOthers(logprobs: ReturnType<typeof toLogprobs>): ReturnType<typeof toLogprobs> {
  return logprobs.map((entry) => ({ ...entry, top: [] }));
}

function finishOf(
  { stop_type: stopType, stopping_word: word, timings }: z.infer<typeof eventReply>,
  { request, received, tokens }: { request: GenerateRequest; received: number; tokens: readonly number[] | undefined },
): GeneratePart {
  const cached = timings?.cache_n;
  const evaluated = timings?.prompt_n;
  const promptTokens = cached === undefined || evaluated === undefined ? undefined : cached + evaluated;
  const reported = { promptTokens, cachedTokens: cached, completionTokens: timings?.predicted_n };
  return {
    type: 'finish',
    reason: stopType === 'limit' ? 'length' : 'stop',
    ...(stopType === 'word' && word ? { stoppedBy: word } : {}),
    usage: credibleUsage(reported, { request, received }),
    timings: {
      queueMs: 0,
      loadMs: 0,
      promptMs: credibleMs(timings?.prompt_ms),
      generateMs: credibleMs(timings?.predicted_ms),
    },
    ...(tokens === undefined ? {} : { tokens }),
  };
}
