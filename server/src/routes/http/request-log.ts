import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  LogController,
  type FastifyHttpOptions,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify';
import { isForeseen } from '../../errors/app-error.ts';
import type { App } from './route.ts';

const safeRequestId = /^[A-Za-z0-9._-]{1,64}$/;
const maxLoggedPath = 200;

export interface LogOptions {
  logLevel: string;
  /** Where lines go; standard output by default. */
  logStream?: { write(line: string): void } | undefined;
}

/** Log lines hold method, path, status, time and request id: never headers, bodies, or the query. */
export function logSettings({ logLevel, logStream }: LogOptions): FastifyHttpOptions<RawServerDefault> {
  const stream = logStream === undefined ? {} : { stream: logStream };
  return {
    logger: logLevel === 'silent' ? false : { level: logLevel, serializers: { error: describeError }, ...stream },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
  };
}

/** Sends the request id back, and writes a line for each answered request. */
export function logRequests(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    // Of a reply that never ends, onResponse is not told.
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) request.log.info(lineOf(request, reply), 'the client left');
    });
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({ ...lineOf(request, reply), status: reply.statusCode }, 'answered');
    done();
  });
}

function lineOf(request: FastifyRequest, reply: FastifyReply): object {
  return {
    method: request.method,
    path: request.url.split('?', 1)[0]?.slice(0, maxLoggedPath),
    ms: Math.round(reply.elapsedTime * 10) / 10,
  };
}

/** The caller's own id when it is harmless, so that logs of both sides meet. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && safeRequestId.test(given) ? given : randomUUID();
}

/** Where it came from is told of what nobody foresaw; what was foreseen says in words what is wrong, and so do its causes. */
function describeError(error: unknown): unknown {
  return described(error, { stacks: !isForeseen(error) });
}

function described(error: unknown, { stacks }: { stacks: boolean }): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const stack = stacks ? { stack: error.stack } : {};
  const cause = error.cause === undefined ? {} : { cause: described(error.cause, { stacks }) };
  return { name: error.name, message: error.message, ...stack, ...cause };
}
