import type { ErrorCode } from './catalogue.ts';
import type { PartTrouble } from './part-troubles.ts';

export interface AppErrorOptions {
  /** What a person should know and do, in one sentence. Never contains secrets, paths or document text. */
  detail?: string;
  /** When to try again. */
  retryAfterSeconds?: number;
  /** One entry per wrong field or line. */
  issues?: readonly ErrorIssue[];
  /** Of `model_incapable`: what the model cannot do, e.g. `tools`. */
  capability?: string;
  /** Of `part_unavailable`: which of the known troubles it is. */
  trouble?: PartTrouble;
  cause?: unknown;
}

export interface ErrorIssue {
  /** Where: a JSON path such as `examples[3].prompt`, or `line 7`. */
  path: string;
  message: string;
}

/** The only error that core, services and db throw on purpose; `routes` turns its code into a status. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly issues: readonly ErrorIssue[];
  readonly capability: string | undefined;
  readonly trouble: PartTrouble | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const { detail, retryAfterSeconds, issues = [], capability, trouble, cause } = options;
    super(detail === undefined ? code : `${code}: ${detail}`, { cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.issues = issues;
    this.capability = capability;
    this.trouble = trouble;
  }
}

/** Whether it was thrown on purpose, and says what is wrong: nothing is broken in the service itself. */
export function isForeseen(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'internal';
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
