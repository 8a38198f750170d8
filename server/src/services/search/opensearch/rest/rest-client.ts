import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, errors } from '@opensearch-project/opensearch';
import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import { backOffMs } from './back-off.ts';
import { ExplainingConnection } from './explaining-connection.ts';
import { isBusy, Refusal, type RefusalBody } from './refusal.ts';
import type { RestRequest } from './rest-request.ts';
import { sendOnce } from './send-once.ts';
import { NoReplyInTime } from './transport-errors.ts';

export interface ServerOptions {
  /** Nodes of one cluster. A user and password may be in them. */
  urls: readonly string[];
  username?: string | null;
  password?: string | null;
  apiKey?: string | null;
  /** PEM, of the authorities to trust instead of the public ones. */
  certificates?: string | Buffer | null;
  /** Of a search, all tries together. */
  timeoutMs?: number;
}

export interface RestClient extends AsyncDisposable {
  /**
   * Sends a request that bears repetition: it is sent again, to another node if there is one, when the connection fails or
   * the server is not ready, and with growing pauses when the server is busy, all within the time limit.
   * Rejects with a `Refusal`, or with an error of the client library.
   * @param check Throws the `Refusal` of an item of the reply: when that is of a busy server, all is sent again.
   */
  send<Reply extends object>(request: RestRequest, check?: (reply: Reply) => void): Promise<Reply>;
}

const usualTimeoutMs = 5_000;
/** A node that failed is left alone for so long, doubled twice at most, while there are others. */
const deadNodeMs = 2_000;
const deadNodeDoublings = 2;

export function openRestClient(options: ServerOptions): RestClient {
  const { urls, timeoutMs: searchTimeoutMs = usualTimeoutMs } = options;
  const client = createClient(options);
  const closing = new AbortController();
  // Each request under way listens.
  setMaxListeners(Infinity, closing.signal);

  return {
    async send<Reply extends object>(request: RestRequest, check?: (reply: Reply) => void): Promise<Reply> {
      const timeoutMs = request.timeoutMs ?? searchTimeoutMs;
      const deadline = performance.now() + timeoutMs;
      for (let attempt = 0; ; attempt += 1) {
        if (closing.signal.aborted) throw isClosed();
        try {
          const leftMs = Math.max(1, deadline - performance.now());
          // A node that hangs leaves time for another one.
          const requestTimeout = urls.length === 1 ? leftMs : leftMs / 2;
          const limits = { leftMs, requestTimeout, signal: closing.signal };
          const reply = (await sendOnce(client, request, limits)) as Reply;
          check?.(reply);
          return reply;
        } catch (cause) {
          if (closing.signal.aborted) throw isClosed();
          const error = asRefusal(cause);
          if (performance.now() >= deadline - 1 && !(error instanceof Refusal))
            throw new NoReplyInTime(timeoutMs, error);
          const waitMs = backOffMs(attempt);
          const again = error instanceof Refusal && isBusy(error) && performance.now() + waitMs < deadline;
          if (!again) throw error;
          await pause(waitMs, undefined, { signal: closing.signal }).catch(() => {});
        }
      }
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return;
      closing.abort();
      await client.close();
    },
  };
}

function createClient({ urls, certificates = null, ...credentials }: ServerOptions): Client {
  const client = new Client({
    nodes: urls.map(withoutCredentials),
    Connection: ExplainingConnection,
    headers: authorization({ urls, ...credentials }),
    ssl: { rejectUnauthorized: true, ...(certificates === null ? {} : { ca: certificates }) },
    // At least one: the server may close an idle connection at the very moment it is used.
    maxRetries: Math.max(1, urls.length),
  });
  client.connectionPool.resurrectTimeout = deadNodeMs;
  client.connectionPool.resurrectTimeoutCutoff = deadNodeDoublings;
  return client;
}

const isClosed = (): AppError => new AppError('internal', { detail: told`The search index is closed.` });

function withoutCredentials(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}

function authorization(options: Omit<ServerOptions, 'certificates'>): Record<string, string> {
  const { urls, username = null, password = null, apiKey = null } = options;
  if (apiKey !== null) return { authorization: `ApiKey ${apiKey}` };
  const named = urls.map((url) => new URL(url)).find((url) => url.username !== '');
  const user = username ?? (named === undefined ? null : decodeURIComponent(named.username));
  if (user === null) return {};
  const secret = password ?? (named === undefined ? '' : decodeURIComponent(named.password));
  return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof errors.ResponseError)) return error;
  const { meta } = error as { meta: { statusCode: number; body: { error?: RefusalBody | string } | string } };
  const described = typeof meta.body === 'string' ? undefined : meta.body.error;
  const body = typeof described === 'object' ? described : { type: '' };
  return new Refusal(meta.statusCode, body, { cause: error });
}
