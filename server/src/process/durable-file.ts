import { randomBytes } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** How the file is called while it is written; what a crash leaves under such a name is rubbish. */
export const unfinishedSuffix = '.unfinished';

/**
 * Writes a file so that, once this resolves, it is complete on the disk under its name; before that there is the old
 * file or none, never a part. What `content` fails with is passed on.
 */
export async function writeDurably(
  path: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${unfinishedSuffix}`;
  const firstMade = await makeFolder(dirname(path));
  if (firstMade !== undefined) await syncFolder(dirname(firstMade));
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** A new name in a folder is durable only when the folder is; Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
