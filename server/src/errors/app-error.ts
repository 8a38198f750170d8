import type { ErrorCode } from './catalogue.ts';
import { inEnglish, type Told } from './told.ts';

export interface AppErrorOptions {
  /** What a person should know and do, in one sentence. Never contains secrets, paths or document text. */
  detail?: Told | undefined;
  /** When to try again. */
  retryAfterSeconds?: number;
  /** One entry per wrong field or line. */
  issues?: readonly ErrorIssue[];
  /** Of `model_incapable`: what the model cannot do, e.g. `tools`. */
  capability?: string;
  cause?: unknown;
}

export interface ErrorIssue {
  /** Where: a JSON path such as `examples[3].prompt`, or `line 7`. */
  path: string;
  message: Told;
}

/** The only error that core, services and db throw on purpose; `routes` turns its code into a status. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** In English, for logs and programs. */
  readonly detail: string | undefined;
  /** The same, for a person: `translate` puts it into their language. */
  readonly told: Told | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly issues: readonly ErrorIssue[];
  readonly capability: string | undefined;

  constructor(code: ErrorCode, { detail, retryAfterSeconds, issues = [], capability, cause }: AppErrorOptions = {}) {
    const english = detail && inEnglish(detail);
    super(english === undefined ? code : `${code}: ${english}`, { cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = english;
    this.told = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.issues = issues;
    this.capability = capability;
  }
}

/** Whether it was thrown on purpose, and says what is wrong: nothing is broken in the service itself. */
export function isForeseen(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'internal';
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
