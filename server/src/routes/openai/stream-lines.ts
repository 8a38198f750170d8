import type { FastifyReply, FastifyRequest } from 'fastify';
import { eventStreamHeartbeat, eventStreamMediaType } from '../http/event-stream.ts';
import { sendText } from '../http/text-stream.ts';
import { openAiError } from './openai-error.ts';

/** JSON has no line breaks of its own, so one line holds it. */
export function dataLine(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export const lastLine = 'data: [DONE]\n\n';

/** Streams as OpenAI does; what fails half-way is a line with an error, and the last one. */
export function sendLines(
  reply: FastifyReply,
  { request, lines }: { request: FastifyRequest; lines: AsyncIterable<string> },
): Promise<FastifyReply> {
  return sendText(reply, {
    request,
    chunks: lines,
    mediaType: eventStreamMediaType,
    heartbeat: { text: eventStreamHeartbeat },
    failure: (problem) => dataLine(openAiError(problem)),
  });
}
