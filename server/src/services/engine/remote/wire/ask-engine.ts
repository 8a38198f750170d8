import type { Dispatcher } from 'undici';
import { ReplyBody } from './reply-body.ts';

/** A reply whose head has come. */
export interface EngineReply {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: ReplyBody;
}

/**
 * Sends a request and waits for the head of its reply. Rejects with what undici says of a connection that fails, or with
 * the reason of the signal; an abort that comes later is the end of the body.
 */
export function askEngine(
  dispatcher: Dispatcher,
  { request, signal }: { request: Dispatcher.DispatchOptions; signal: AbortSignal },
): Promise<EngineReply> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: ReplyBody | undefined;
    const abort = (): void => {
      controller?.abort(signal.reason);
      // It may wait for a connection still.
      reject(signal.reason);
    };
    const finish = (end: Parameters<ReplyBody['finish']>[0]): void => {
      signal.removeEventListener('abort', abort);
      body?.finish(end);
    };
    signal.addEventListener('abort', abort, { once: true });
    dispatcher.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        if (signal.aborted) started.abort(signal.reason);
      },
      onResponseStart(started, status, headers) {
        // Something like "103 Early Hints" comes before the reply.
        if (status < 200) return;
        body = new ReplyBody(started);
        resolve({ status, headers, body });
      },
      onResponseData: (_controller, bytes) => body?.add(bytes),
      onResponseEnd: () => finish('whole'),
      onResponseError(_controller, error) {
        finish({ error });
        reject(error);
      },
    });
  });
}
