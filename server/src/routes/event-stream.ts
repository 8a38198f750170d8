import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasLeft } from './in-flight.ts';
import { problemBody } from './problem.ts';
import { toAppError } from './to-app-error.ts';

/** One event of a `text/event-stream`; `data` is sent as JSON. */
export interface ServerEvent {
  event: string;
  data: unknown;
  id?: string;
}

/** Proxies cut silent connections after a minute or less. */
const defaultHeartbeatMs = 15_000;

export interface EventStreamOptions {
  request: FastifyRequest;
  events: AsyncIterable<ServerEvent>;
  heartbeatMs?: number;
}

/**
 * Replies with a `text/event-stream`. What fails before the first event is an ordinary error reply; later it is an
 * event `error` with the body of the problem, and the last one. While nothing happens a comment keeps the connection.
 */
export async function sendEvents(
  reply: FastifyReply,
  { request, events, heartbeatMs = defaultHeartbeatMs }: EventStreamOptions,
): Promise<FastifyReply> {
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  return reply
    .type('text/event-stream; charset=utf-8')
    .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    .send(
      Readable.from(frames(first, { iterator, request, heartbeatMs }), { objectMode: false, highWaterMark: 16 * 1024 }),
    );
}

interface Sending {
  iterator: AsyncIterator<ServerEvent>;
  request: FastifyRequest;
  heartbeatMs: number;
}

async function* frames(
  first: IteratorResult<ServerEvent, unknown>,
  { iterator, request, heartbeatMs }: Sending,
): AsyncGenerator<string> {
  try {
    for (let result = first; result.done !== true;) {
      yield frame(result.value);
      const next = iterator.next();
      while (!(await settledWithin(next, heartbeatMs))) yield ':\n\n';
      result = await next;
    }
  } catch (error) {
    const problem = toAppError(error);
    if (problem.code === 'internal' && !hasLeft(request)) request.log.error({ error }, 'an event stream failed');
    yield frame({ event: 'error', data: problemBody(problem, request.id) });
  } finally {
    await iterator.return?.();
  }
}

/** JSON has no line breaks of its own, so one `data` line holds it. */
function frame({ event, data, id }: ServerEvent): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
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
