import { z } from 'zod';
import type { Told } from '../../../../errors/told.ts';
import type { GeneratePart, GenerateRequest } from '../../../../ports/engine.ts';
import { anyNumber, type ReportedUsage, credibleMs, credibleUsage } from '../wire/credible.ts';
import { Deltas } from '../wire/deltas.ts';
import { parseReply, streamLimits } from '../wire/http.ts';
import { readEvents } from '../wire/lines.ts';
import { logprobReply, toLogprobs } from '../wire/logprobs.ts';
import { statusFailure } from '../wire/status-failure.ts';
import { endedEarly } from '../wire/trouble.ts';
import { ToolCallPieces, toolCallPiece } from './tool-call-pieces.ts';

const text = z.string().nullish();
const choice = z.object({
  delta: z
    .object({ content: text, reasoning_content: text, reasoning: text, tool_calls: z.array(toolCallPiece).nullish() })
    .nullish(),
  /** Of `/v1/completions`. */
  text,
  finish_reason: text,
  logprobs: z
    .object({ content: z.array(logprobReply).nullish() })
    .nullish()
    .catch(null),
});

/** One event of `/v1/chat/completions` or `/v1/completions`. `timings` is llama-server's. */
const eventReply = z.object({
  error: z.unknown().optional(),
  choices: z.array(choice).max(1).nullish(),
  usage: z
    .object({
      prompt_tokens: anyNumber,
      completion_tokens: anyNumber,
      prompt_tokens_details: z.object({ cached_tokens: anyNumber }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  timings: z.object({ cache_n: anyNumber, prompt_ms: anyNumber, predicted_ms: anyNumber }).nullish().catch(null),
});

type EventReply = z.infer<typeof eventReply>;

/** The parts of a completion, of the events that OpenAI, and servers like it, send. */
export async function* decodeChatEvents(
  lines: AsyncIterable<readonly string[]>,
  { request, label }: { request: GenerateRequest; label: Told },
): AsyncGenerator<GeneratePart> {
  const deltas = new Deltas(request);
  const calls = new ToolCallPieces();
  const startedAt = performance.now();
  let firstAt: number | undefined;
  let reason: string | undefined;
  let last: Pick<EventReply, 'usage' | 'timings'> = {};
  reading: for await (const events of readEvents(lines, streamLimits)) {
    for (const event of events) {
      if (event === '[DONE]') break reading;
      const reply = parseReply(event, eventReply);
      if (reply.error !== undefined) throw statusFailure({ status: 500, text: event, retryAfter: undefined, label });
      const [{ delta, text: plain, finish_reason: finished, logprobs } = {}] = reply.choices ?? [];
      for (const part of deltas.thinking(delta?.reasoning_content ?? delta?.reasoning ?? '')) yield part;
      for (const part of deltas.text(delta?.content ?? plain ?? '', toLogprobs(logprobs?.content ?? []))) yield part;
      calls.add(delta?.tool_calls ?? []);
      if (deltas.received > 0) firstAt ??= performance.now();
      reason = finished ?? reason;
      last = { usage: reply.usage ?? last.usage, timings: reply.timings ?? last.timings };
    }
  }
  if (reason === undefined) throw endedEarly(new Error('no event told why it finished'));
  const made = calls.calls();
  for (const call of made) yield { type: 'tool-call', call };
  const measured = {
    promptMs: (firstAt ?? performance.now()) - startedAt,
    generateMs: performance.now() - (firstAt ?? performance.now()),
  };
  yield {
    type: 'finish',
    reason: made.length > 0 ? 'tool-calls' : reason === 'length' ? 'length' : 'stop',
    usage: credibleUsage(usageOf(last), { request, received: deltas.received }),
    timings: {
      queueMs: 0,
      loadMs: 0,
      promptMs: last.timings?.prompt_ms === undefined ? measured.promptMs : credibleMs(last.timings.prompt_ms),
      generateMs:
        last.timings?.predicted_ms === undefined ? measured.generateMs : credibleMs(last.timings.predicted_ms),
    },
  };
}

function usageOf({ usage, timings }: Pick<EventReply, 'usage' | 'timings'>): ReportedUsage {
  return {
    promptTokens: usage?.prompt_tokens,
    cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? timings?.cache_n,
    completionTokens: usage?.completion_tokens,
  };
}
