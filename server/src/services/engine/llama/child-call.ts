import { AppError } from '../../../errors/app-error.ts';
import type { CallListener, CallMessage, CallReply, EngineChild } from './child-process.ts';

export type Reply<Type extends CallReply['type']> = Extract<CallReply, { type: Type }>;

interface OneReplyCall<Type> {
  message: CallMessage;
  expected: Type;
  signal?: AbortSignal;
  /** Called when the child is done with the call, which after an abort may be later than the rejection. */
  onEnd?(): void;
}

/** Sends a call that has one reply, of the given type. */
export function request<Type extends CallReply['type']>(
  child: EngineChild,
  { message, expected, signal, onEnd }: OneReplyCall<Type>,
): Promise<Reply<Type>> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      signal?.removeEventListener('abort', abort);
      onEnd?.();
      end();
    };
    const listener: CallListener = {
      fail: (error) => settle(() => reject(error)),
      reply: (reply) =>
        settle(() =>
          reply.type === expected
            ? resolve(reply as Reply<Type>)
            : reject(new AppError('engine_failed', { cause: new Error(`unexpected reply: ${reply.type}`) })),
        ),
    };
    const id = child.call(message, listener);
    const abort = (): void => {
      child.abort(id);
      reject(signal?.reason);
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
  });
}
