import { problemMeanings, type Problem } from '@billumy/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../errors/app-error.ts';
import { errorCatalogue } from '../../errors/catalogue.ts';
import { translate } from '../../errors/translate.ts';
import type { Language } from '../../models/language.ts';
import { hasLeft } from './in-flight.ts';
import { languageTag, readerLanguage } from './reader-language.ts';
import { statusOf } from './status-of.ts';
import { toAppError } from './to-app-error.ts';

export const problemMediaType = 'application/problem+json';
const defaultRetryAfterSeconds = 1;
/** Of replies that nobody receives; the number is nginx's. */
const statusOfNobody = 499;

export interface Failure {
  error: unknown;
  request: FastifyRequest;
}

/** Answers with RFC 9457 `application/problem+json`. */
export function sendProblem(reply: FastifyReply, { error, request }: Failure): FastifyReply {
  const problem = beginFailure(reply, { error, request });
  if (problem === undefined) return reply.send();
  const language = readerLanguage(reply);
  void reply.header('content-language', languageTag[language]);
  return reply.type(problemMediaType).send(problemBody(problem, { requestId: request.id, language }));
}

/**
 * Sets status and headers of a reply that tells of an error, and logs what is no fault of the caller; undefined when
 * nobody is there to read its body.
 */
export function beginFailure(reply: FastifyReply, { error, request }: Failure): AppError | undefined {
  if (hasLeft(request)) {
    void reply.status(statusOfNobody);
    return undefined;
  }
  const problem = toAppError(error);
  const status = statusOf[problem.code];
  logFailure(request, problem);
  const retryAfter = retryAfterSeconds(problem);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (status === 401) void reply.header('www-authenticate', challengeOf(problem));
  void reply.status(status);
  return problem;
}

/** RFC 6750. A proxy that asked for us sees this header only, and clients refresh their token when it has expired. */
function challengeOf({ code }: AppError): string {
  return code === 'token_expired' ? 'Bearer error="invalid_token", error_description="token_expired"' : 'Bearer';
}

/** Writes to the log what is our own fault. */
export function logFailure(request: FastifyRequest, problem: AppError): void {
  const status = statusOf[problem.code];
  if (status === 500 || (status > 500 && problem.cause !== undefined)) {
    request.log.error({ code: problem.code, error: problem.cause ?? problem }, 'request failed');
  }
}

export interface ProblemReader {
  requestId: string;
  language: Language;
}

/** The body of an error; also what an event stream sends when it fails half-way. */
export function problemBody(problem: AppError, { requestId, language }: ProblemReader): Problem {
  const { meaning, retryable } = errorCatalogue[problem.code];
  return {
    type: `urn:billumy:error:${problem.code}`,
    title: language === 'pt' ? problemMeanings.pt[problem.code] : meaning,
    status: statusOf[problem.code],
    code: problem.code,
    ...(problem.told === undefined ? {} : { detail: translate(problem.told, language) }),
    request_id: requestId,
    retryable,
    ...(problem.issues.length === 0
      ? {}
      : { issues: problem.issues.map(({ path, message }) => ({ path, message: translate(message, language) })) }),
  };
}

/** Who is told to come back later is told when. */
export function retryAfterSeconds(problem: AppError): number | undefined {
  if (problem.retryAfterSeconds !== undefined) return Math.max(1, Math.ceil(problem.retryAfterSeconds));
  const status = statusOf[problem.code];
  return status === 429 || status === 503 ? defaultRetryAfterSeconds : undefined;
}
