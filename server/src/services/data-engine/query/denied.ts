import { AppError } from '../../../errors/app-error.ts';
import type { Told } from '../../../errors/told.ts';

/** `reason` is a sentence that tells the writer of the statement what to leave out. */
export function denied(reason: Told): AppError {
  return new AppError('sql_denied', { detail: reason });
}
