import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'libsql';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';

/**
 * Makes the folder, and keeps other services out of it until it is disposed of. The lock is the operating system's, held
 * through a file of its own: it ends with the process, however that ends, and works between containers.
 */
export async function lockFolder(directory: string): Promise<AsyncDisposable> {
  try {
    // Documents and keys are in it: nobody else on this machine may read it.
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError('storage_failed', { detail: told`The folder of DATA_DIR cannot be made.`, cause });
  }
  const lock = new SqliteDatabase(join(directory, 'lock'));
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    throw new AppError('storage_failed', {
      detail: told`Another service is using the folder of DATA_DIR; stop it, or choose another folder.`,
      cause,
    });
  }
  return {
    async [Symbol.asyncDispose]() {
      lock.close();
    },
  };
}
