import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../errors/app-error.ts';
import { hasLeft } from './in-flight.ts';
import { toAppError } from './to-app-error.ts';

/** Proxies cut silent connections after a minute or less. */
const defaultHeartbeatMs = 15_000;
const bufferedBytes = 16 * 1024;

export interface TextStreamOptions {
  request: FastifyRequest;
  /** Each is sent as soon as it comes. */
  chunks: AsyncIterable<string>;
  mediaType: string;
  /** The last chunk of a stream that fails after its first one. */
  failure(error: AppError): string;
  /** What keeps the connection while nothing happens. */
  heartbeat?: { text: string; everyMs?: number | undefined };
}

/** Streams text. What fails before the first chunk is an ordinary error reply. */
export async function sendText(reply: FastifyReply, options: TextStreamOptions): Promise<FastifyReply> {
  const iterator = options.chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  return reply
    .type(options.mediaType)
    .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    .send(Readable.from(chunksOf(first, iterator, options), { objectMode: false, highWaterMark: bufferedBytes }));
}

async function* chunksOf(
  first: IteratorResult<string, unknown>,
  iterator: AsyncIterator<string>,
  { request, failure, heartbeat }: TextStreamOptions,
): AsyncGenerator<string> {
  try {
    for (let result = first; result.done !== true;) {
      yield result.value;
      const next = iterator.next();
      if (heartbeat !== undefined) {
        while (!(await settledWithin(next, heartbeat.everyMs ?? defaultHeartbeatMs))) yield heartbeat.text;
      }
      result = await next;
    }
  } catch (error) {
    const problem = toAppError(error);
    if (problem.code === 'internal' && !hasLeft(request)) request.log.error({ error }, 'a stream failed');
    yield failure(problem);
  } finally {
    await iterator.return?.();
  }
}

async function settledWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  const settled = promise.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([settled, timeout]);
  clearTimeout(timer);
  return result;
}
