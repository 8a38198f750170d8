import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError } from '../../errors/app-error.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import { unfinishedSuffix, writeDurably } from '../../process/durable-file.ts';

/** The bytes of data sets, a file each under its id. */
export interface DatasetFiles {
  write(id: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  read(id: string): AsyncIterable<Uint8Array>;
  remove(id: string): Promise<void>;
  /** Removes what is of no data set and was written before that moment. */
  sweep(isKept: (id: string) => boolean, before: Date): Promise<void>;
}

export function createDatasetFiles(directory: string): DatasetFiles {
  const pathOf = (id: string): string => join(directory, id);
  return {
    async write(id, content) {
      await writeDurably(pathOf(id), content).catch(asStorageError);
    },
    async *read(id) {
      const file = await open(pathOf(id)).catch((cause: unknown) => {
        throw new AppError('not_found', { cause });
      });
      yield* file.createReadStream() as AsyncIterable<Uint8Array>;
    },
    async remove(id) {
      await rm(pathOf(id), { force: true }).catch(asStorageError);
    },
    async sweep(isKept, before) {
      for (const name of await readdir(directory).catch(() => [])) {
        if (!name.endsWith(unfinishedSuffix) && isKept(name)) continue;
        const file = await stat(pathOf(name)).catch(() => undefined);
        if (file !== undefined && file.mtime < before) await rm(pathOf(name), { force: true });
      }
    },
  };
}

function asStorageError(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  // What the sender fails with is passed on.
  if (isAppError(error) || code === undefined) throw error;
  throw new AppError(isDiskFull(error) ? 'disk_full' : 'storage_failed', { cause: error });
}
