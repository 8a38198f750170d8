import { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import { isAppError } from '../../../errors/app-error.ts';
import { malformed, replyFailure, unreachable } from './trainer-failure.ts';

export interface TrainerAddress {
  /** Without a slash at its end, and without `/v1`. */
  base: string;
  authorization: string | null;
}

/** Requests to the trainer. They reject as `trainer-failure.ts` says, and with the reason of the signal when it aborts. */
export interface TrainerHttp {
  get<T>(path: string, options: CallOf<T>): Promise<T>;
  /** undefined where there is nothing. */
  find<T>(path: string, options: CallOf<T>): Promise<T | undefined>;
  post<T>(path: string, options: CallOf<T> & { body: unknown }): Promise<T>;
  /** Sends a body in pieces. */
  upload<T>(path: string, options: CallOf<T> & { body: StreamedBody }): Promise<T>;
  /** What is not there is removed. */
  delete(path: string, options: { signal: AbortSignal }): Promise<void>;
  /** The bytes of a reply, at most so many. */
  download(path: string, options: { mostBytes: number; signal: AbortSignal }): AsyncGenerator<Uint8Array>;
}

interface CallOf<T> {
  /** The form of a reply that can be believed. */
  reply: z.ZodType<T>;
  signal: AbortSignal;
}

export interface StreamedBody {
  type: string;
  bytes: number;
  content: AsyncIterable<Uint8Array>;
}

interface Sending {
  method: Dispatcher.HttpMethod;
  signal: AbortSignal;
  json?: unknown;
  body?: StreamedBody;
}

const megabyte = 1024 * 1024;
const mostReplyBytes = 16 * megabyte;
const mostErrorBytes = 16 * 1024;
const replyMs = 30_000;
/** After the last byte of an upload the trainer copies it and takes its hash. */
const storeMs = 600_000;
const slowestBytesPerMs = 100;

export function createTrainerHttp({ base, authorization }: TrainerAddress, dispatcher: Dispatcher): TrainerHttp {
  async function ask(path: string, { method, signal, json, body }: Sending): Promise<Dispatcher.ResponseData> {
    signal.throwIfAborted();
    const payload = json === undefined ? body && Readable.from(body.content) : JSON.stringify(json);
    return request(`${base}${path}`, {
      dispatcher,
      signal: body === undefined ? signal : withLimit(signal, body.bytes),
      method,
      headersTimeout: body === undefined ? replyMs : storeMs,
      bodyTimeout: replyMs,
      headers: {
        'user-agent': 'billumy',
        'accept-encoding': 'identity',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(body === undefined ? {} : { 'content-type': body.type, 'content-length': String(body.bytes) }),
        ...(authorization === null ? {} : { authorization }),
      },
      ...(payload === undefined ? {} : { body: payload }),
    }).catch((error: unknown) => {
      throw translated(error, signal);
    });
  }

  return {
    async get(path, options) {
      return parsed(await ask(path, { method: 'GET', signal: options.signal }), options);
    },
    async find(path, options) {
      const response = await ask(path, { method: 'GET', signal: options.signal });
      if (response.statusCode !== 404) return parsed(response, options);
      discard(response.body);
      return undefined;
    },
    async post(path, options) {
      return parsed(await ask(path, { method: 'POST', signal: options.signal, json: options.body }), options);
    },
    async upload(path, options) {
      return parsed(await ask(path, { method: 'POST', signal: options.signal, body: options.body }), options);
    },
    async delete(path, { signal }) {
      const response = await ask(path, { method: 'DELETE', signal });
      if (!isSuccess(response) && response.statusCode !== 404) throw translated(await failureOf(response), signal);
      discard(response.body);
    },
    async *download(path, { mostBytes, signal }) {
      const response = await ask(path, { method: 'GET', signal: withLimit(signal, mostBytes) });
      try {
        if (!isSuccess(response)) throw await failureOf(response);
        yield* atMost(response.body, mostBytes);
      } catch (error) {
        throw translated(error, signal);
      } finally {
        discard(response.body);
      }
    },
  };
}

async function parsed<T>(response: Dispatcher.ResponseData, { reply, signal }: CallOf<T>): Promise<T> {
  try {
    if (!isSuccess(response)) throw await failureOf(response);
    return parseReply(await readText(response.body, mostReplyBytes), reply);
  } catch (error) {
    discard(response.body);
    throw translated(error, signal);
  }
}

function isSuccess({ statusCode }: Dispatcher.ResponseData): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** A transfer that creeps is given up. */
function withLimit(signal: AbortSignal, bytes: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(storeMs + Math.ceil(bytes / slowestBytesPerMs))]);
}

function translated(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return isAppError(error) || isDiskError(error) ? error : unreachable(error);
}

/** The content of an upload is read while it is sent: what fails with it is not the trainer's fault. */
function isDiskError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.syscall === 'read';
}

function parseReply<T>(text: string, reply: z.ZodType<T>): T {
  try {
    return reply.parse(JSON.parse(text));
  } catch (error) {
    throw malformed(error);
  }
}

async function failureOf({ statusCode, body }: Dispatcher.ResponseData): Promise<Error> {
  const text = await readText(body, mostErrorBytes).catch(() => '');
  discard(body);
  return replyFailure({ status: statusCode, text });
}

async function readText(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of atMost(body, most)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function* atMost(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > most) throw malformed(new Error('the reply is too long'));
    yield part;
  }
}

/** Closes the connection of a reply that nobody reads on; that it was cut is no error then. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined);
  body.destroy();
}
