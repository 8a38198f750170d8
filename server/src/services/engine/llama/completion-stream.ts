import { AppError } from '../../../errors/app-error.ts';
import type { GeneratePart, GenerateRequest, GenerateTimings } from '../../../ports/engine.ts';
import type { CallReply, EngineChild } from './child-process.ts';
import type { WrittenPart } from './messages.ts';

export interface CompletionStreamOptions {
  child: EngineChild;
  request: GenerateRequest;
  signal: AbortSignal;
  /** Gives the place back; called when the child says that the slot is free. */
  release: () => void;
  waited: Pick<GenerateTimings, 'loadMs' | 'queueMs'>;
}

/** Runs a completion in the child and streams its parts; a consumer that leaves aborts it. */
export async function* streamCompletion(options: CompletionStreamOptions): AsyncGenerator<GeneratePart> {
  const { child, request, signal, release, waited } = options;
  const arrived = new PartQueue();
  const id = child.call(
    { type: 'generate', ...request },
    {
      part: (part) => arrived.push(toGeneratePart(part)),
      reply(message) {
        release();
        arrived.end(finishPart(message, waited));
      },
      fail(error) {
        release();
        arrived.fail(error);
      },
    },
  );
  const abort = (): void => {
    child.abort(id);
    arrived.fail(signal.reason);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    yield* arrived.parts();
  } finally {
    signal.removeEventListener('abort', abort);
    if (!arrived.hasEnded) child.abort(id);
  }
}

function toGeneratePart(part: WrittenPart): GeneratePart {
  if (typeof part === 'string') return { type: 'text-delta', delta: part };
  switch (part.type) {
    case 'text':
      return { type: 'text-delta', delta: part.text, ...(part.logprobs && { logprobs: part.logprobs }) };
    case 'thinking':
      return { type: 'thinking-delta', delta: part.text };
    case 'tool-call':
      return part;
    default:
      return part satisfies never;
  }
}

function finishPart(message: CallReply, waited: CompletionStreamOptions['waited']): GeneratePart | undefined {
  if (message.type === 'done') return undefined; // the answer to an abort
  if (message.type !== 'finish') throw new AppError('engine_failed');
  const { reason, stoppedBy, usage, promptMs, generateMs, tokens } = message.result;
  const timings = { ...waited, promptMs, generateMs };
  return { type: 'finish', reason, stoppedBy, usage, timings, ...(tokens && { tokens }) };
}

/** Parts that came and were not yet taken. */
class PartQueue {
  #parts: GeneratePart[] = [];
  #error: unknown;
  #state: 'open' | 'ended' | 'failed' = 'open';
  #wake: () => void = () => undefined;

  get hasEnded(): boolean {
    return this.#state !== 'open';
  }

  push(part: GeneratePart): void {
    this.#parts.push(part);
    this.#wake();
  }

  end(last: GeneratePart | undefined): void {
    if (last !== undefined) this.#parts.push(last);
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake();
  }

  fail(error: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#error = error;
    this.#wake();
  }

  async *parts(): AsyncGenerator<GeneratePart> {
    for (;;) {
      if (this.#state === 'failed') throw this.#error;
      const parts = this.#parts;
      this.#parts = [];
      yield* parts;
      if (this.#parts.length > 0) continue;
      if (this.#state === 'ended') return;
      if (this.#state === 'open') await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
