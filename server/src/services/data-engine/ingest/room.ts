import { statfs } from 'node:fs/promises';
import { isAppError } from '../../../errors/app-error.ts';
import { isDiskFull } from '../../../process/disk-full.ts';

/** The engine writes so many bytes at once. */
const blockBytes = 256 * 1024;

/**
 * Whether something failed for want of room in a folder. The engine says so in words alone, which may change; what
 * it had written by then is still there, so the file system tells it as well.
 */
export async function isForWantOfRoom(error: unknown, folder: string): Promise<boolean> {
  if (isAppError(error)) return false;
  if (isDiskFull(error)) return true;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < blockBytes;
}
