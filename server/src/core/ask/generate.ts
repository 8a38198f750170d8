import { isAppError } from '../../errors/app-error.ts';
import type { AnswerPart } from '../../models/answer.ts';
import type { ChatMessage, ModelProfile, SamplingOptions, TokenUsage } from '../../models/language-model.ts';
import type { CallOptions, Engine } from '../../ports/engine.ts';
import type { CitingWriter } from './grounding/citing-writer.ts';

export interface GenerateJob {
  model: ModelProfile;
  adapter: string | undefined;
  messages: readonly ChatMessage[];
  sampling: SamplingOptions;
  promptTokens: number;
  writer: CitingWriter;
}

export interface Generated {
  usage: TokenUsage;
  /** `performance.now()` of the first words; null when there were none. */
  firstTokenAt: number | null;
  /** Why the model did not finish: an error code. */
  failure: string | null;
}

/** Errors of the engine under which quotations are still useful; others are reported. */
const survivable = new Set(['model_unavailable', 'engine_failed', 'overloaded', 'context_too_long', 'timeout']);

export function failureOf(error: unknown): string {
  if (isAppError(error) && survivable.has(error.code)) return error.code;
  throw error;
}

/** Lets the model write; its words are passed on through the citing writer. */
export async function* generate(
  { model, adapter, messages, sampling, promptTokens, writer }: GenerateJob,
  { engine, call, onUsage }: { engine: Engine; call: CallOptions; onUsage(usage: TokenUsage): void },
): AsyncGenerator<AnswerPart, Generated> {
  let usage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  let firstTokenAt: number | null = null;
  let failure: string | null = null;
  try {
    const prompt = { type: 'chat', messages } as const;
    for await (const part of engine.generate({ model: model.name, adapter, prompt, sampling }, call)) {
      if (part.type === 'finish') {
        usage = part.usage;
        continue;
      }
      // Until the engine says so exactly: what an answer is charged for that is aborted after it has begun.
      const isText = part.type === 'text-delta';
      usage = { ...usage, promptTokens, completionTokens: usage.completionTokens + (isText ? 1 : 0) };
      if (!isText) continue;
      firstTokenAt ??= performance.now();
      yield* writer.write(part.delta);
    }
    yield* writer.end();
  } catch (error) {
    if (call.signal.aborted) throw error;
    failure = failureOf(error);
  } finally {
    onUsage(usage);
  }
  return { usage, firstTokenAt, failure };
}
