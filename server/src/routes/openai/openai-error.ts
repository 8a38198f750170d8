import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { verbatim } from '../../errors/told.ts';
import { messageOf } from '../dialects/refusal.ts';
import { beginFailure, type Failure } from '../http/problem.ts';
import { statusOf } from '../http/status-of.ts';

export const openAiErrorSchema = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string().describe('`invalid_request_error`, `permission_error`, `rate_limit_error` or `server_error`.'),
      param: z.string().nullable().describe('The field that is wrong, e.g. `messages[0].content`.'),
      code: z.string().nullable(),
    }),
  })
  .describe('What went wrong, as OpenAI tells it.');
export type OpenAiError = z.infer<typeof openAiErrorSchema>;

/** Where OpenAI has a code of its own; else it is ours. */
const codes: Partial<Record<ErrorCode, string | null>> = {
  invalid_request: null,
  unauthenticated: 'invalid_api_key',
  token_expired: 'invalid_api_key',
  quota_exceeded: 'rate_limit_exceeded',
  model_unknown: 'model_not_found',
  context_too_long: 'context_length_exceeded',
};

export function openAiError(problem: AppError): OpenAiError {
  const { code: known, issues } = problem;
  const own = codes[known];
  return {
    error: {
      message: messageOf(problem),
      type: typeOf(statusOf[known]),
      param: issues[0]?.path || (known === 'model_unknown' ? 'model' : null),
      code: own === undefined ? known : own,
    },
  };
}

function typeOf(status: number): string {
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

export function sendOpenAiError(reply: FastifyReply, failure: Failure): FastifyReply {
  const problem = beginFailure(reply, failure);
  if (problem === undefined) return reply.send();
  const { request } = failure;
  const path = request.url.split('?', 1)[0] ?? '';
  const isUnknownUrl = problem.code === 'not_found' && request.is404;
  const told = isUnknownUrl
    ? new AppError('not_found', { detail: verbatim(`Invalid URL (${request.method} ${path})`) })
    : problem;
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(openAiError(told)));
}
