import { statfs } from 'node:fs/promises';
import { AppError } from '../../errors/app-error.ts';
import { makeFolder } from '../../process/make-folder.ts';
import { told } from '../../errors/told.ts';

/** Space that stays free on the disk. */
const reservedBytes = 64 * 2 ** 20;

/** Rejects with `disk_full` when so many bytes more do not fit into the folder, which is made when it is not there. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  await makeFolder(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + reservedBytes) throw diskFull();
}

export function diskFull(cause?: unknown): AppError {
  const detail = told`Free some space on the disk of DATA_DIR, or choose a smaller model.`;
  return new AppError('disk_full', { detail, cause });
}
