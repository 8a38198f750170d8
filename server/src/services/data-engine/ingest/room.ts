import { statfs } from 'node:fs/promises';
import { isAppError } from '../../../errors/app-error.ts';
import { isDiskFull } from '../../../process/disk-full.ts';

/** The engine writes at least so many bytes at once. */
const blockBytes = 256 * 1024;
/** A table is in its database, and before that in the log of what is being written. */
const timesWritten = 2;

/**
 * Whether it failed for want of room in a folder that a table of so many bytes could not be read. The engine says so in
 * words alone, which may change, and takes back what it had written: so the file system is asked whether there is
 * room for what the table may need.
 */
export async function isForWantOfRoom(
  error: unknown,
  { folder, bytes }: { folder: string; bytes: number },
): Promise<boolean> {
  if (isAppError(error)) return false;
  if (isDiskFull(error)) return true;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < Math.max(blockBytes, timesWritten * bytes);
}
