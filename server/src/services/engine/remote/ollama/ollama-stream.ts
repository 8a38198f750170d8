import { z } from 'zod';
import type { Told } from '../../../../errors/told.ts';
import type { GeneratePart, GenerateRequest } from '../../../../ports/engine.ts';
import { anyNumber, credibleMs, credibleUsage } from '../wire/credible.ts';
import { Deltas } from '../wire/deltas.ts';
import { parseReply } from '../wire/http.ts';
import { logprobReply, toLogprobs } from '../wire/logprobs.ts';
import { statusFailure } from '../wire/status-failure.ts';
import { toolArguments } from '../wire/tool-arguments.ts';
import { endedEarly } from '../wire/trouble.ts';

const toolCalls = z
  .array(z.object({ id: z.string().nullish(), function: z.object({ name: z.string(), arguments: z.unknown() }) }))
  .max(128)
  .nullish();

/** One line of `/api/chat` or `/api/generate`. */
const lineReply = z.object({
  error: z.unknown().optional(),
  message: z.object({ content: z.string().nullish(), thinking: z.string().nullish(), tool_calls: toolCalls }).nullish(),
  response: z.string().nullish(),
  thinking: z.string().nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  logprobs: z.array(logprobReply).nullish(),
  prompt_eval_count: anyNumber,
  prompt_eval_cached_count: anyNumber,
  prompt_eval_duration: anyNumber,
  eval_count: anyNumber,
  eval_duration: anyNumber,
  load_duration: anyNumber,
});

type LineReply = z.infer<typeof lineReply>;

/** Ollama ends an answer in which one token comes so often in a row, without saying that it is done. */
const repetitionLimit = 30;

/** The parts of a completion, of the lines that Ollama sends. */
export async function* decodeOllama(
  lines: AsyncIterable<readonly string[]>,
  { request, label }: { request: GenerateRequest; label: Told },
): AsyncGenerator<GeneratePart> {
  const deltas = new Deltas(request);
  let calls = 0;
  const repeated = { text: '', times: 0 };
  for await (const some of lines) {
    for (const line of some.filter((one) => one.trim() !== '')) {
      const reply = parseReply(line, lineReply);
      if (reply.error !== undefined) throw statusFailure({ status: 500, text: line, retryAfter: undefined, label });
      const written = reply.message?.content ?? reply.response ?? '';
      repeated.times = written === repeated.text ? repeated.times + 1 : 1;
      repeated.text = written;
      for (const part of deltas.thinking(reply.message?.thinking ?? reply.thinking ?? '')) yield part;
      for (const part of deltas.text(written, toLogprobs(reply.logprobs ?? []))) yield part;
      for (const { id, function: called } of reply.message?.tool_calls ?? []) {
        const call = { id: id ?? `call_${calls}`, name: called.name, arguments: toolArguments(called.arguments) };
        calls++;
        yield { type: 'tool-call', call };
      }
      if (reply.done === true) {
        yield finishOf(reply, { request, received: deltas.received, calls });
        return;
      }
    }
  }
  if (repeated.times < repetitionLimit) throw endedEarly(new Error('no line said that it is done'));
  const cut = { ...lineReply.parse({}), done_reason: 'length' };
  yield finishOf(cut, { request, received: deltas.received, calls });
}

function finishOf(
  reply: LineReply,
  { request, received, calls }: { request: GenerateRequest; received: number; calls: number },
): GeneratePart {
  // Ollama leaves out what is zero.
  const reported = {
    promptTokens: reply.prompt_eval_count,
    cachedTokens: reply.prompt_eval_cached_count,
    completionTokens: reply.eval_count,
  };
  return {
    type: 'finish',
    reason: calls > 0 ? 'tool-calls' : reply.done_reason === 'length' ? 'length' : 'stop',
    usage: credibleUsage(reported, { request, received }),
    timings: {
      queueMs: 0,
      loadMs: millisecondsOf(reply.load_duration),
      promptMs: millisecondsOf(reply.prompt_eval_duration),
      generateMs: millisecondsOf(reply.eval_duration),
    },
  };
}

function millisecondsOf(nanoseconds: number | undefined): number {
  return credibleMs(nanoseconds === undefined ? undefined : nanoseconds / 1e6);
}
