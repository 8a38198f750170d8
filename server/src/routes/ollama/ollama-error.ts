import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../errors/app-error.ts';
import { errorCatalogue, type ErrorCode } from '../../errors/catalogue.ts';
import { inEnglish } from '../../errors/told.ts';
import type { Capability } from '../../models/language-model.ts';
import { fullModelName, parseModelName } from '../../models/model-name.ts';
import { maxBodyMegabytes } from '../dialects/large-json.ts';
import { sendJson } from '../dialects/send-json.ts';
import { hasLeft } from '../http/in-flight.ts';
import { logFailure, retryAfterSeconds } from '../http/problem.ts';
import { statusOf } from '../http/status-of.ts';
import { toAppError } from '../http/to-app-error.ts';

/** What Ollama answers: a status and the text of `{"error": …}`. */
export class OllamaError extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, text: string, options: { retryAfterSeconds?: number | undefined; cause?: unknown } = {}) {
    super(text, { cause: options.cause });
    this.name = 'OllamaError';
    this.status = status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export function ollamaError(status: number, text: string): OllamaError {
  return new OllamaError(status, text);
}

/** What an error is about, for texts that name it. */
export interface OllamaErrorContext {
  /** As the caller wrote it. */
  model?: string | undefined;
  /** What the model was to do, as Ollama calls it. */
  task?: 'generate' | 'chat' | 'embed' | undefined;
  /** Set when the caller forbade to forget the oldest part of what does not fit. */
  mayNotShift?: boolean;
  /** What the request needs that not every model can. */
  needs?: Capability | undefined;
  /** Set when the caller sent a template, and what is wrong may be in it. */
  hasTemplate?: boolean;
}

/** Runs what a route does, and tells what goes wrong in terms of the request. */
export async function inContext<T>(context: OllamaErrorContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toOllamaError(error, context);
  }
}

/** Any error in the words that Ollama has for it; what Ollama does not know keeps our own. */
export function toOllamaError(error: unknown, context: OllamaErrorContext = {}): OllamaError {
  if (error instanceof OllamaError) return error;
  const problem = toAppError(error);
  if (problem.code === 'model_unknown' && !isNameOrNothing(context.model)) {
    return new OllamaError(400, 'invalid model name', { cause: error });
  }
  const status = statusInOllama(problem, context);
  const options = { retryAfterSeconds: retryAfterSeconds(problem), cause: error };
  return new OllamaError(status, textOf(problem, context), options);
}

function statusInOllama({ code }: AppError, { hasTemplate = false }: OllamaErrorContext): number {
  const isOfTemplate = hasTemplate && code === 'invalid_request';
  return isOfTemplate || code === 'engine_failed' ? 500 : statusOf[code];
}

function textOf(problem: AppError, context: OllamaErrorContext): string {
  return texts[problem.code]?.(problem, context) ?? sentence(problem);
}

type Text = (problem: AppError, context: OllamaErrorContext) => string;

const usualAdvice = 'No valid token was sent. Send the header "Authorization: Bearer <API key or access token>".';

const texts: Partial<Record<ErrorCode, Text>> = {
  unauthenticated: ({ detail = usualAdvice }) => `unauthorized: ${detail}`,
  token_expired: (problem) => `unauthorized: ${sentence(problem)}`,
  not_found: () => '404 page not found',
  method_not_allowed: () => '405 method not allowed',
  body_too_large: () => `http: request body too large: send at most ${maxBodyMegabytes} MB`,
  overloaded: () => 'server busy, please try again.  maximum pending requests exceeded',
  model_unknown: (_problem, { model = '', task }) =>
    task === 'embed' ? `model "${model}" not found, try pulling it first` : `model '${model}' not found`,
  model_incapable: incapable,
  context_too_long: tooLong,
  engine_failed: () =>
    'model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, ' +
    'check ollama server logs for details',
};

/** What Ollama passes on from llama.cpp, it passes on as it came. */
const engineSaysTooLong = JSON.stringify({
  error: {
    code: 400,
    message: 'the request exceeds the available context size, try increasing it',
    type: 'exceed_context_size_error',
  },
});

function tooLong(_problem: AppError, { task, mayNotShift = false }: OllamaErrorContext): string {
  if (task === 'embed') return 'the input length exceeds the context length';
  if (!mayNotShift) return engineSaysTooLong;
  return (
    'the prompt is longer than the context length currently available to the model; shorten the prompt, ' +
    'adjust the context length in settings, or use a model with a longer context length'
  );
}

function sentence({ code, detail, issues }: AppError): string {
  const [issue] = issues;
  if (issue !== undefined) return `${issue.path} ${inEnglish(issue.message)}`.trim();
  return detail ?? errorCatalogue[code].meaning;
}

function isNameOrNothing(model = ''): boolean {
  return model === '' || parseModelName(model) !== undefined;
}

/** Ollama names some abilities by the short name of the model, others by the full one. */
function incapable(problem: AppError, { model = '', task = 'generate', needs }: OllamaErrorContext): string {
  const { capability = needs } = problem;
  if (capability === undefined) return sentence(problem);
  if (capability === 'completion') return `"${model}" does not support ${task}`;
  if (capability === 'thinking') return `"${model}" does not support thinking`;
  const name = parseModelName(model);
  return `${name === undefined ? model : fullModelName(name)} does not support ${capability}`;
}

/** Of replies that nobody receives; the number is nginx's. */
const statusOfNobody = 499;

/** Answers with `{"error": …}`; an address that is not there, or not with that method, with the text alone. */
export function sendOllamaError(
  reply: FastifyReply,
  { error, request }: { error: unknown; request: FastifyRequest },
): FastifyReply {
  if (hasLeft(request)) return reply.status(statusOfNobody).send({ error: 'request canceled' });
  const { status, message, cause, retryAfterSeconds: seconds } = toOllamaError(error);
  if (cause !== undefined) logFailure(request, toAppError(cause));
  if (seconds !== undefined) void reply.header('retry-after', String(seconds));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.status(status);
  if (request.is404) return reply.type('text/plain').send(message);
  // Of a refused key, Ollama's own client in Go shows nothing but a field `status`.
  return sendJson(reply, status === 401 ? { ...errorBody(message), status: message } : errorBody(message));
}

export function errorBody(text: string): { error: string } {
  return { error: text };
}
