import { AppError } from '../../../errors/app-error.ts';
import { verbatim } from '../../../errors/told.ts';

const longestDetail = 500;

/** What the engine says of a statement, which tells its writer what to change. */
export function engineFailure(error: unknown): AppError {
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('sql_failed', { detail: verbatim(message.slice(0, longestDetail)), cause: error });
}
