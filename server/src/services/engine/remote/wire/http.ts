import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import type { Told } from '../../../../errors/told.ts';
import { isAppError } from '../../../../errors/app-error.ts';
import { askEngine, type EngineReply } from './ask-engine.ts';
import { type StreamLimits, readLines } from './lines.ts';
import { statusFailure } from './status-failure.ts';
import { endedEarly, malformed, unreachable } from './trouble.ts';

/** Where an engine is. */
export interface EngineAddress {
  /** Without a slash at its end, `/v1`, or a user's name. */
  base: string;
  /** What people are told that it is; callers are not told where it is. */
  label: Told;
  authorization: string | null;
}

/**
 * Requests to one engine. They reject with `Trouble` for what is the engine's fault, with another AppError for what is the
 * request's, and with the reason of the signal when it aborts.
 */
export interface EngineHttp {
  readonly label: Told;
  get<T>(path: string, options: CallOf<T>): Promise<T>;
  post<T>(path: string, options: CallOf<T> & { body: unknown }): Promise<T>;
  /** The status of the reply, whatever it is. */
  statusOf(path: string, options: { body: unknown; signal: AbortSignal }): Promise<number>;
  /** A reply without content. */
  delete(path: string, options: { body: unknown; signal: AbortSignal }): Promise<void>;
  /** The lines of a reply, as many at once as came together. The connection is closed when the consumer leaves and the reply goes on. */
  stream(path: string, options: { body: unknown; signal: AbortSignal }): AsyncGenerator<string[]>;
}

interface CallOf<T> {
  /** The form of a reply that can be believed. */
  reply: z.ZodType<T>;
  signal: AbortSignal;
}

interface Sending {
  signal: AbortSignal;
  body?: unknown;
  method?: 'DELETE';
}

const megabyte = 1024 * 1024;
export const streamLimits: StreamLimits = { line: 8 * megabyte, total: 256 * megabyte };
const mostReplyBytes = 128 * megabyte;
const mostErrorBytes = 16 * 1024;

export function createEngineHttp({ base, label, authorization }: EngineAddress, dispatcher: Dispatcher): EngineHttp {
  const { origin, pathname } = new URL(base);
  const prefix = pathname === '/' ? '' : pathname;
  const usualHeaders = {
    'user-agent': 'billumy',
    'accept-encoding': 'identity',
    ...(authorization === null ? {} : { authorization }),
  };
  const headersWithBody = { ...usualHeaders, 'content-type': 'application/json' };

  async function ask(path: string, sending: Sending): Promise<EngineReply> {
    const { signal } = sending;
    signal.throwIfAborted();
    try {
      return await askOnce(path, sending).catch((error: unknown) => {
        // A kept connection that the server ends at this moment: it never saw the request. Asking twice does no harm.
        if (!isHangUp(error) || signal.aborted) throw error;
        return askOnce(path, sending);
      });
    } catch (error) {
      throw signal.aborted ? signal.reason : unreachable(label, error);
    }
  }

  function askOnce(path: string, { signal, body, method }: Sending): Promise<EngineReply> {
    const request = {
      origin,
      path: `${prefix}${path}`,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      // Callers have deadlines of their own, which tell the first token from later ones.
      headersTimeout: 0,
      bodyTimeout: 0,
      headers: body === undefined ? usualHeaders : headersWithBody,
      body: body === undefined ? null : JSON.stringify(body),
    };
    return askEngine(dispatcher, { request, signal });
  }

  async function send(path: string, options: Sending): Promise<EngineReply['body']> {
    const reply = await ask(path, options);
    if (reply.status >= 200 && reply.status < 300) return reply.body;
    throw await failureOf(reply, label).catch((error: unknown) =>
      options.signal.aborted ? options.signal.reason : error,
    );
  }

  async function json<T>(path: string, { reply, signal, body }: CallOf<T> & { body?: unknown }): Promise<T> {
    const received = await send(path, { signal, body });
    try {
      const text = await readText(received, mostReplyBytes);
      return parseReply(text, reply);
    } catch (error) {
      received.discard();
      throw translated(error, signal);
    }
  }

  return {
    label,
    get: json,
    post: json,
    async statusOf(path, options) {
      const { status, body } = await ask(path, options);
      body.discard();
      return status;
    },
    async delete(path, options) {
      (await send(path, { ...options, method: 'DELETE' })).discard();
    },
    async *stream(path, { body, signal }) {
      const received = await send(path, { signal, body });
      try {
        yield* readLines(received, streamLimits);
      } catch (error) {
        throw translated(error, signal);
      } finally {
        received.leave();
      }
    },
  };
}

/** The connection was closed before anything of a reply came. */
function isHangUp(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** The value of a JSON text of that form. */
export function parseReply<T>(text: string, reply: z.ZodType<T>): T {
  try {
    return reply.parse(JSON.parse(text));
  } catch (error) {
    throw malformed(error);
  }
}

function translated(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return isAppError(error) ? error : endedEarly(error);
}

async function failureOf({ status, headers, body }: EngineReply, label: Told): Promise<Error> {
  const retryAfter = headers['retry-after'];
  const text = await readText(body, mostErrorBytes).catch(() => '');
  body.discard();
  return statusFailure({
    status,
    text,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    label,
  });
}

async function readText(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.byteLength;
    if (length > most) throw malformed(new Error('the reply is too long'));
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
