import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemBody } from './problem.ts';
import { sendText } from './text-stream.ts';
import { readerLanguage } from './reader-language.ts';

/** One event of a `text/event-stream`; `data` is sent as JSON. */
export interface ServerEvent {
  event: string;
  data: unknown;
  id?: string;
}

export const eventStreamMediaType = 'text/event-stream; charset=utf-8';
/** A comment, which every client skips. */
export const eventStreamHeartbeat = ':\n\n';

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
  { request, events, heartbeatMs }: EventStreamOptions,
): Promise<FastifyReply> {
  const reader = { requestId: request.id, language: readerLanguage(reply) };
  return sendText(reply, {
    request,
    chunks: frames(events),
    mediaType: eventStreamMediaType,
    heartbeat: { text: eventStreamHeartbeat, everyMs: heartbeatMs },
    failure: (problem) => frame({ event: 'error', data: problemBody(problem, reader) }),
  });
}

async function* frames(events: AsyncIterable<ServerEvent>): AsyncGenerator<string> {
  for await (const event of events) yield frame(event);
}

/** JSON has no line breaks of its own, so one `data` line holds it. */
export function frame({ event, data, id }: ServerEvent): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
