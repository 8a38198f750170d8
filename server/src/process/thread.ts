import { Worker } from 'node:worker_threads';
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Told } from '../errors/told.ts';

/** A worker thread that answers calls one after the other; its end rejects what still waits. */
export interface Thread extends AsyncDisposable {
  call(method: string, argument?: unknown): Promise<unknown>;
}

export interface ThreadCall {
  id: number;
  method: string;
  argument: unknown;
}

export type ThreadReply =
  | { id: number; result: unknown }
  | { id: number; error: { code: ErrorCode; detail: Told | undefined; cause: string } };

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export const closeMessage = 'close';

/**
 * Runs a built module that calls `serveThread`. The thread keeps the process alive only while a call waits.
 * @param file from `builtModule`
 */
export function openThread(file: string, data: unknown = null): Thread {
  const worker = new Worker(file, { workerData: data });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let ended: unknown = null;
  let lastId = 0;

  const settle = (id: number): Waiting | undefined => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return call;
  };
  const abandon = (cause: unknown): void => {
    ended ??= cause;
    for (const { reject } of waiting.values()) reject(new AppError('internal', { cause }));
    waiting.clear();
  };
  worker.on('message', (reply: ThreadReply) => {
    const call = settle(reply.id);
    if ('error' in reply) call?.reject(toAppError(reply.error));
    else call?.resolve(reply.result);
  });
  worker.on('error', abandon);
  worker.on('exit', () => abandon(new Error('the thread has ended')));

  return {
    call(method, argument = null) {
      if (ended !== null) return Promise.reject(new AppError('internal', { cause: ended }));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, method, argument } satisfies ThreadCall);
      });
    },
    async [Symbol.asyncDispose]() {
      if (ended !== null) return;
      const exit = new Promise((resolve) => worker.once('exit', resolve));
      worker.ref();
      worker.postMessage(closeMessage);
      await exit;
    },
  };
}

function toAppError({ code, detail, cause }: { code: ErrorCode; detail: Told | undefined; cause: string }): AppError {
  return new AppError(code, { detail, cause: new Error(cause) });
}
