import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAppError } from '../../../errors/app-error.ts';
import type { ModelProgress } from '../../../core/personas/bring-model.ts';
import { ollamaError } from '../ollama-error.ts';
import { sendJson } from '../../dialects/send-json.ts';
import { sendLines } from '../send.ts';

export interface ProgressReply {
  request: FastifyRequest;
  steps: AsyncIterable<ModelProgress>;
  /** Else only the last step is told. */
  stream: boolean;
}

/** What is done, step by step. */
export async function sendProgress(
  reply: FastifyReply,
  { request, steps, stream }: ProgressReply,
): Promise<FastifyReply> {
  const lines = inWordsOfPull(steps);
  if (stream) return sendLines(reply, { request, lines });
  let last: ModelProgress = { status: '' };
  for await (const step of lines) last = step;
  return sendJson(reply, last);
}

const failedStatus = 500;

/** A name that no registry knows is an error of its own here. */
async function* inWordsOfPull(steps: AsyncIterable<ModelProgress>): AsyncGenerator<ModelProgress> {
  try {
    yield* steps;
  } catch (error) {
    if (isAppError(error, 'model_unknown')) throw ollamaError(failedStatus, error.detail ?? 'file does not exist');
    throw error;
  }
}
