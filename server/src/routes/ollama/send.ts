import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasLeft } from '../http/in-flight.ts';
import { noteBrokenReply } from '../http/note-deeds.ts';
import { logFailure } from '../http/problem.ts';
import { sendText } from '../http/text-stream.ts';
import { toAppError } from '../http/to-app-error.ts';
import { errorBody, toOllamaError, type OllamaErrorContext } from './ollama-error.ts';

export { sendJson } from '../dialects/send-json.ts';

export interface LinesOptions {
  request: FastifyRequest;
  lines: AsyncIterable<object>;
  /** What the texts of errors are about. */
  context?: OllamaErrorContext;
}

/**
 * Streams objects, one per line, each as soon as it comes. What fails before the first one is an ordinary error reply;
 * later it is a last line `{"error": …}`.
 */
export async function sendLines(reply: FastifyReply, { request, lines, context }: LinesOptions): Promise<FastifyReply> {
  return sendText(reply, {
    request,
    chunks: encode(lines, { request, context }),
    mediaType: 'application/x-ndjson',
    failure: (problem) => toLine(errorBody(toOllamaError(problem, context).message)),
  });
}

async function* encode(
  lines: AsyncIterable<object>,
  { request, context }: Pick<LinesOptions, 'request'> & { context: OllamaErrorContext | undefined },
): AsyncGenerator<string> {
  let hasBegun = false;
  try {
    for await (const line of lines) {
      yield toLine(line);
      hasBegun = true;
    }
  } catch (error) {
    const told = toOllamaError(error, context);
    if (!hasBegun) throw told;
    noteBrokenReply(request);
    if (told.cause !== undefined && !hasLeft(request)) logFailure(request, toAppError(told.cause));
    yield toLine(errorBody(told.message));
  }
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
