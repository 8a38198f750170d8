import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';

export interface ProxySettings {
  httpProxy: string | null;
  httpsProxy: string | null;
  /** Hosts reached directly, comma separated. */
  noProxy: string | null;
}

/** Connections by the proxies of the settings; what the environment says is not looked at. */
export function createDispatcher({ httpProxy, httpsProxy, noProxy }: ProxySettings): EnvHttpProxyAgent {
  return new EnvHttpProxyAgent({
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: noProxy ?? '',
  });
}

/** A failure that may be gone at the next try. */
export class TransientFailure extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, options: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(reason, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface HttpPart {
  /** Where in the file the bytes begin: 0 when the server sends all of it. */
  start: number;
  totalBytes: number | null;
  entityTag: string | null;
  body: AsyncIterable<Buffer>;
}

export interface FetchOptions {
  dispatcher: Dispatcher;
  signal: AbortSignal;
  /** The first byte wanted, and what the bytes before it were of. */
  from: { start: number; entityTag: string | null };
  /** A server that sends nothing for so long is given up. */
  stallMs: number;
}

const mostRedirects = 5;

/**
 * Asks for a file from a byte on. Rejects with `TransientFailure` when trying again may help, else with
 * `download_failed`.
 */
export async function fetchFrom(url: string, options: FetchOptions): Promise<HttpPart> {
  const { dispatcher, signal, from, stallMs } = options;
  let address = new URL(url);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await request(address, {
      dispatcher,
      signal,
      headersTimeout: stallMs,
      bodyTimeout: stallMs,
      headers: { 'user-agent': 'billumy', 'accept-encoding': 'identity', ...rangeHeaders(from) },
    }).catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw new TransientFailure('the server cannot be reached', { cause: error });
    });
    if (!isRedirect(response.statusCode)) return readPart(response, from.start);
    await response.body.dump();
    address = redirectTarget(address, response.headers['location']);
  }
  throw failed(told`The download address leads in a circle.`);
}

function rangeHeaders({ start, entityTag }: FetchOptions['from']): Record<string, string> {
  if (start === 0) return {};
  return { range: `bytes=${start}-`, ...(entityTag === null ? {} : { 'if-range': entityTag }) };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirectTarget(from: URL, location: string | string[] | undefined): URL {
  const target =
    typeof location === 'string' && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isAllowed = target?.protocol === 'https:' || (target?.protocol === 'http:' && from.protocol === 'http:');
  if (target === undefined || !isAllowed)
    throw failed(told`The server redirects to an address that is not safe to follow.`);
  return target;
}

async function readPart({ statusCode, headers, body }: Dispatcher.ResponseData, wanted: number): Promise<HttpPart> {
  const entityTag = strongTag(headers['etag']);
  if (statusCode === 200) return { start: 0, totalBytes: numberOf(headers['content-length']), entityTag, body };
  if (statusCode === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(String(headers['content-range']));
    if (range !== null && Number(range[1]) === wanted) {
      return { start: wanted, totalBytes: numberOf(range[2]), entityTag, body };
    }
  }
  await body.dump();
  if (statusCode === 206 || statusCode === 416) throw new RangeRefused('the server does not continue the part');
  if (statusCode === 429 || statusCode >= 500 || statusCode === 408) {
    throw new TransientFailure(`the server answered ${statusCode}`, {
      retryAfterMs: retryAfter(headers['retry-after']),
    });
  }
  throw failed(told`The server answered ${statusCode}; check the name of the model and MODEL_URL.`);
}

/** The part that is here cannot be continued: begin anew. */
export class RangeRefused extends TransientFailure {}

/** Weak tags do not promise equal bytes. */
function strongTag(tag: string | string[] | undefined): string | null {
  return typeof tag === 'string' && tag.startsWith('"') ? tag : null;
}

function numberOf(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function retryAfter(value: string | string[] | undefined): number | undefined {
  const seconds = numberOf(value);
  return seconds === null ? undefined : seconds * 1000;
}

function failed(detail: Told): AppError {
  return new AppError('download_failed', { detail });
}
