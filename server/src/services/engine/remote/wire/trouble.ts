import { AppError, type AppErrorOptions } from '../../../../errors/app-error.ts';
import type { ErrorCode } from '../../../../errors/catalogue.ts';
import { told, type Told } from '../../../../errors/told.ts';

/**
 * Whose fault a failure is: the `engine`'s, which is then trusted less; `busy`, an engine that works but takes no more; or
 * the `model`, which the engine no longer has.
 */
export type Blame = 'engine' | 'busy' | 'model';

/** A failure that another engine may not have. Other errors are about the request, and every engine would say the same. */
export class Trouble extends AppError {
  readonly blame: Blame;

  constructor(blame: Blame, code: ErrorCode, options: AppErrorOptions) {
    super(code, options);
    this.blame = blame;
  }
}

/** The engine sent what no engine of its kind sends. */
export function malformed(cause?: unknown): Trouble {
  return new Trouble('engine', 'engine_failed', { detail: told`The engine sent a reply that cannot be read.`, cause });
}

export function endedEarly(cause?: unknown): Trouble {
  return new Trouble('engine', 'engine_failed', {
    detail: told`The engine ended its answer midway. Ask again.`,
    cause,
  });
}

export function unreachable(label: Told, cause?: unknown): Trouble {
  const detail = told`The ${label} cannot be reached: check its address and that it runs.`;
  return new Trouble('engine', 'model_unavailable', { detail, cause });
}

export function incapable(capability: string, detail: Told): AppError {
  return new AppError('model_incapable', { capability, detail });
}
