import { AppError } from '../../../../errors/app-error.ts';
import { inEnglish, told, type Told } from '../../../../errors/told.ts';
import { Trouble } from './trouble.ts';

export interface FailedReply {
  status: number;
  /** The body, or the beginning of it. */
  text: string;
  retryAfter: string | undefined;
  /** What people are told that the engine is. */
  label: Told;
}

/** Ollama and most compatible servers tell failures apart in words only. What they say may quote the prompt: it stays here. */
const words = {
  context:
    /exceed_context_size|context.{0,12}(length|size|window)|maximum context|prompt is (too long|longer)|too large to process/i,
  format: /invalid format|grammar|json.?schema|response_format|invalid token/i,
  incapable: /does not support|not supported|unsupported|not implemented/i,
  model: /model/i,
} as const;

/** The error that a reply with a status of failure stands for; not thrown. */
export function statusFailure(reply: FailedReply): AppError {
  const { status, label } = reply;
  const said = errorWords(reply.text);
  const cause = new Error(`${inEnglish(label)} answered ${status}: ${said.slice(0, 500)}`);
  if (status === 401 || status === 403) {
    return new Trouble('engine', 'model_unavailable', { detail: keyDetail(label), cause });
  }
  if (status === 429 || status === 503) {
    const retryAfterSeconds = secondsOf(reply.retryAfter);
    return new Trouble('busy', 'overloaded', { detail: told`The ${label} is busy.`, retryAfterSeconds, cause });
  }
  if (words.context.test(said)) {
    return new AppError('context_too_long', {
      detail: told`The prompt does not fit into the context of the engine.`,
      cause,
    });
  }
  if (status === 404 && words.model.test(said)) {
    const detail = told`The ${label} does not have this model any more.`;
    return new Trouble('model', 'model_unavailable', { detail, cause });
  }
  if (status !== 501 && words.format.test(said)) {
    return new AppError('invalid_format', {
      detail: told`The engine does not take this format, grammar or prompt.`,
      cause,
    });
  }
  if (words.incapable.test(said) || [404, 405, 501].includes(status)) {
    return new AppError('model_incapable', {
      detail: told`The model, or the engine it runs on, cannot do this.`,
      cause,
    });
  }
  if (status >= 500) {
    return new Trouble('engine', 'engine_failed', { detail: told`The ${label} failed. Ask again.`, cause });
  }
  if (status >= 300 && status < 400) {
    const detail = told`The ${label} redirects: name the address it redirects to instead.`;
    return new Trouble('engine', 'model_unavailable', { detail, cause });
  }
  return new AppError('model_incapable', { detail: told`The engine refused the request with ${status}.`, cause });
}

function keyDetail(label: Told): Told {
  return told`The ${label} does not take the key: check ENGINE_API_KEY.`;
}

/** `{"error": "…"}` of Ollama, `{"error": {"type", "message"}}` of OpenAI, `{"detail": …}` of others, or just text. */
function errorWords(text: string): string {
  const body = parsed(text);
  const error = field(body, 'error') ?? field(body, 'detail') ?? field(body, 'message');
  if (typeof error === 'string') return error;
  const parts = ['type', 'code', 'message'].map((name) => field(error, name));
  const texts = parts.filter((part) => typeof part === 'string');
  return texts.length === 0 ? text : texts.join(' ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

const usualRetrySeconds = 2;
const longestRetrySeconds = 60;

function secondsOf(header: string | undefined): number {
  const seconds = header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : usualRetrySeconds;
  return Math.min(Math.max(1, seconds), longestRetrySeconds);
}
