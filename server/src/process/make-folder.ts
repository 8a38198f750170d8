import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder that only this account may use, and those above it; gives the first that it made, undefined when all
 * were there. Rejects as `mkdir` does, whose own `recursive` asks without end where nothing can be made, as under /proc.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  try {
    return (await makeOne(path)) ? path : undefined;
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
    const firstMade = await makeFolder(above);
    return (await makeOne(path)) ? (firstMade ?? path) : firstMade;
  }
}

/** Whether it was made now; false when it was there. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) return false;
    throw error;
  }
}
