import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { writeDurably } from '../../../process/durable-file.ts';

/** In a folder of data while not all of a copy is in it. */
const markName = 'copying';

/** Of which installation the folder holds a part of a copy; undefined: of none. */
export async function readCopyMark(directory: string): Promise<string | undefined> {
  try {
    return await readFile(join(directory, markName), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError('storage_failed', { detail: told`The folder of DATA_DIR cannot be read.`, cause });
  }
}

export async function writeCopyMark(directory: string, origin: string): Promise<void> {
  await writeDurably(join(directory, markName), origin);
}

export async function removeCopyMark(directory: string): Promise<void> {
  await rm(join(directory, markName), { force: true });
}

/** Rejects when the folder holds a part of a copy: a service would answer from less than there is. */
export async function refuseUnfinishedCopy(directory: string): Promise<void> {
  if ((await readCopyMark(directory)) === undefined) return;
  throw new AppError('storage_failed', {
    detail: told`The folder of DATA_DIR holds a copy that was interrupted: run the same command again to complete it.`,
  });
}
