import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { maxBodyMegabytes } from '../dialects/large-json.ts';
import type { App } from '../http/route.ts';
import { findValueFault } from '../http/text-checks.ts';
import { parseFirstJson } from './go/parse-json.ts';
import type { GoBody } from './go/types.ts';
import { ollamaError } from './ollama-error.ts';

const blank = /^[ \t\r\n]*$/;

/** Reads every body as JSON, whatever its content type says: `curl -d` sends a form's, others send none. */
export function parseEveryBody(scope: App): void {
  ignoreContentType(scope);
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: maxBodyMegabytes * 1024 * 1024 },
    async (request: FastifyRequest, body: Buffer) => parse(request, body),
  );
  // Bodies are checked by `readBody`; schemas only describe.
  scope.setValidatorCompiler(() => () => true);
}

/** For bodies that are files: `register` adds routes whose `request.body` is the stream of the bytes. */
export function streamBodies(scope: App, register: (scope: App) => void): void {
  void scope.register(async (inner) => {
    ignoreContentType(inner);
    inner.addContentTypeParser('*', async (_request: FastifyRequest, payload: NodeJS.ReadableStream) => payload);
    register(inner);
  });
}

function ignoreContentType(scope: App): void {
  scope.removeAllContentTypeParsers();
  scope.addHook('onRequest', async (request) => {
    delete request.raw.headers['content-type'];
  });
}

/** The body as the struct that Ollama reads it into. Throws Ollama's errors. */
export function readBody<T>({ body }: FastifyRequest, struct: GoBody<T>): T {
  if (body === undefined) throw ollamaError(400, 'missing request body');
  try {
    return struct.decode(body);
  } catch (error) {
    if (error instanceof TypeError) throw ollamaError(400, error.message);
    throw error;
  }
}

function parse(request: FastifyRequest, body: Buffer): unknown {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new AppError('unsupported_media_type', { detail: told`Send the body uncompressed.` });
  }
  const text = body.toString('utf8');
  if (blank.test(text)) return undefined;
  const value = parsed(text);
  const fault = findValueFault(value);
  if (fault !== undefined) throw new AppError('invalid_request', { issues: [fault] });
  return value;
}

function parsed(text: string): unknown {
  try {
    return parseFirstJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw ollamaError(400, error.message);
    throw error;
  }
}
