import { join } from 'node:path';
import SqliteDatabase from 'libsql';
import { AppError } from '../../errors/app-error.ts';
import { makeFolder } from '../../process/make-folder.ts';
import { told, type Told } from '../../errors/told.ts';

/**
 * Makes the folder, and keeps other services out of it until it is disposed of. The lock is the operating system's, held
 * through a file of its own: it ends with the process, however that ends, and works between containers. Rejects with
 * `folder_in_use` while another service has it, and with `folder_unusable` where nothing can be written or locked.
 */
export async function lockFolder(directory: string): Promise<AsyncDisposable> {
  await makeDataFolder(directory);
  const lock = openLock(join(directory, 'lock'));
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    throw lockFailure(cause);
  }
  return {
    async [Symbol.asyncDispose]() {
      lock.close();
    },
  };
}

/** Makes the folder of DATA_DIR, which other services may use too; rejects with `folder_unusable`. */
export async function makeDataFolder(directory: string): Promise<void> {
  try {
    // Documents and keys are in it: nobody else on this machine may read it.
    await makeFolder(directory);
  } catch (cause) {
    throw unusable(told`The folder of DATA_DIR cannot be made`, cause);
  }
}

function openLock(path: string): SqliteDatabase.Database {
  try {
    return new SqliteDatabase(path);
  } catch (cause) {
    throw unusable(told`No file can be made in the folder of DATA_DIR`, cause);
  }
}

/** What it means that the lock was not given: a file system without locks, as some network drives are, says `IOERR`. */
export function lockFailure(cause: unknown): AppError {
  if (codeOf(cause) !== 'SQLITE_BUSY') return unusable(told`The folder of DATA_DIR cannot be written or locked`, cause);
  const detail = told`Another service is using the folder of DATA_DIR; stop it, or choose another folder.`;
  return new AppError('folder_in_use', { detail, cause });
}

function unusable(what: Told, cause: unknown): AppError {
  const code = codeOf(cause);
  const fault = code === undefined ? what : told`${what} (${code})`;
  const detail = told`${fault}: choose one on a local disk that this account may write.`;
  return new AppError('folder_unusable', { detail, cause });
}

function codeOf(cause: unknown): string | undefined {
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' && code !== '' ? code : undefined;
}
