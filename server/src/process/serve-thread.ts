import { parentPort } from 'node:worker_threads';
import { isAppError } from '../errors/app-error.ts';
import { closeMessage, type ThreadCall, type ThreadReply } from './thread.ts';

/** What a thread can be asked, by name; what they return or throw goes back to the caller. */
export type ThreadMethods = Readonly<Record<string, (argument: never) => unknown>>;

/** The other end of `openThread`: answers calls until the thread is closed. */
export function serveThread(methods: ThreadMethods, close: () => void = () => {}): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs in a worker thread');
  port.on('message', (message: ThreadCall | typeof closeMessage) => {
    if (message === closeMessage) {
      close();
      port.close();
    } else port.postMessage(answer(methods, message));
  });
}

function answer(methods: ThreadMethods, { id, method, argument }: ThreadCall): ThreadReply {
  try {
    return { id, result: methods[method]!(argument as never) };
  } catch (error) {
    if (isAppError(error)) return { id, error: { code: error.code, detail: error.told, cause: describe(error.cause) } };
    return { id, error: { code: 'internal', detail: undefined, cause: describe(error) } };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
