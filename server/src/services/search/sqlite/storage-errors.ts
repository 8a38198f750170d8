import { AppError, isAppError } from '../../../errors/app-error.ts';

/** Runs a piece of work on the index file; what SQLite throws comes out as an error of the catalogue. */
export function translatingErrors<Argument, Result>(
  work: (argument: Argument) => Result,
): (argument: Argument) => Result {
  return (argument) => {
    try {
      return work(argument);
    } catch (error) {
      if (isAppError(error)) throw error;
      const full = (error as { code?: string }).code === 'SQLITE_FULL';
      throw new AppError(full ? 'disk_full' : 'storage_failed', { cause: error });
    }
  };
}
