import type { Client } from '@opensearch-project/opensearch';
import type { RestRequest } from './rest-request.ts';
import { NotJson } from './transport-errors.ts';

export interface SendOptions {
  /** Until the end of the reply. */
  leftMs: number;
  /** Until the beginning of a reply, for each node that is tried. */
  requestTimeout: number;
  signal: AbortSignal;
}

/** Below this, compressing costs more than it saves. */
const compressedFromBytes = 4_096;

/** Sends a request through the client library, which tries other nodes; the reply is JSON. */
export async function sendOnce(
  client: Client,
  { method, path, query, body, ndjson }: RestRequest,
  { leftMs, requestTimeout, signal }: SendOptions,
): Promise<object> {
  const pending = client.transport.request(
    {
      method,
      path,
      ...(query === undefined ? {} : { querystring: { ...query } }),
      ...(body === undefined ? {} : { body }),
      ...(ndjson === undefined ? {} : { bulkBody: ndjson }),
    },
    { requestTimeout, ...((ndjson?.length ?? 0) < compressedFromBytes ? {} : { compression: 'gzip' as const }) },
  );
  const giveUp = (): void => {
    // It returns the pending reply, whose rejection an event target would take for an error of its listener.
    pending.abort();
  };
  // The timeout of the client ends with the beginning of the reply.
  const timer = setTimeout(giveUp, leftMs);
  signal.addEventListener('abort', giveUp);
  try {
    const { body: reply } = (await pending) as { body: unknown };
    if (typeof reply !== 'object' || reply === null) throw new NotJson();
    return reply;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
