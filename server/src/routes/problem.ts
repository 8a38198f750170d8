import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, isAppError } from '../errors/app-error.ts';
import { errorCatalogue } from '../errors/catalogue.ts';
import { statusOf } from './status-of.ts';

/** Answers with RFC 9457 `application/problem+json`. */
export function sendProblem(
  reply: FastifyReply,
  { error, request }: { error: unknown; request: FastifyRequest },
): FastifyReply {
  const problem = isAppError(error) ? error : new AppError('internal', { cause: error });
  if (problem.code === 'internal') request.log.error({ error }, 'unexpected error');
  const { meaning, retryable } = errorCatalogue[problem.code];
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', Math.ceil(problem.retryAfterSeconds));
  return reply
    .status(statusOf[problem.code])
    .type('application/problem+json')
    .send({
      type: `https://billumy.dev/errors#${problem.code}`,
      title: meaning,
      status: statusOf[problem.code],
      code: problem.code,
      ...(problem.detail === undefined ? {} : { detail: problem.detail }),
      request_id: request.id,
      retryable,
      ...(problem.issues.length === 0 ? {} : { issues: problem.issues }),
    });
}
