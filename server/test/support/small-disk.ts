import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { systemProgram } from '../../src/process/isolation.ts';

/** A disk of so many bytes in an empty folder, and what takes it away again; undefined where nobody may mount. */
export async function mountSmallDisk(path: string, bytes: number): Promise<(() => void) | undefined> {
  const [mount, unmount] = [systemProgram('mount'), systemProgram('umount')];
  if (mount === null || unmount === null) return undefined;
  await mkdir(path);
  const { status } = spawnSync(mount, ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  return status === 0 ? () => void spawnSync(unmount, ['--lazy', path]) : undefined;
}
