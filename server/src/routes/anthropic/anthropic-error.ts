import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AppError } from '../../errors/app-error.ts';
import { messageOf } from '../dialects/refusal.ts';
import { beginFailure, type Failure } from '../http/problem.ts';
import { statusOf } from '../http/status-of.ts';

export const anthropicErrorSchema = z
  .object({
    type: z.literal('error'),
    error: z.object({ type: z.string(), message: z.string() }),
    request_id: z.string(),
  })
  .describe('What went wrong, as Anthropic tells it.');
export type AnthropicError = z.infer<typeof anthropicErrorSchema>;

const typesByStatus: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

export function anthropicError(problem: AppError, requestId: string): AnthropicError {
  const status = statusOf[problem.code];
  const type = typesByStatus[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
  return { type: 'error', error: { type, message: messageOf(problem) }, request_id: requestId };
}

export function sendAnthropicError(reply: FastifyReply, failure: Failure): FastifyReply {
  const problem = beginFailure(reply, failure);
  if (problem === undefined) return reply.send();
  const { id } = failure.request;
  return reply
    .header('request-id', id)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(anthropicError(problem, id)));
}
