import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinishedSuffix } from '../../../../process/durable-file.ts';
import { readCheckpoint, type RunProgress, writeCheckpoint } from './checkpoint-file.ts';

/** The checkpoints of one run; the one before the last is kept in case the last cannot be read. */
export interface Checkpoints {
  /** Puts the newest usable one into the arrays; newer ones, which are damaged or of another run, are removed. */
  restore(): Promise<RunProgress | undefined>;
  /** Once this resolves, neither the death of the process nor of the machine takes it back. */
  save(progress: RunProgress): Promise<void>;
}

const kept = 2;
const stepDigits = 9;
const namePattern = /^checkpoint-\d+\.bin$/;

/** @param arrays whose content is kept, in order */
export async function openCheckpoints(
  folder: string,
  digest: string,
  arrays: readonly Float32Array[],
): Promise<Checkpoints> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (name.endsWith(unfinishedSuffix)) await rm(join(folder, name), { force: true });
  }
  return {
    async restore() {
      for (const name of await newestFirst(folder)) {
        const progress = await readCheckpoint(join(folder, name), digest, arrays);
        if (progress !== undefined) return progress;
        await rm(join(folder, name), { force: true });
      }
      return undefined;
    },
    async save(progress) {
      const name = `checkpoint-${String(progress.step).padStart(stepDigits, '0')}.bin`;
      await writeCheckpoint(join(folder, name), { digest, progress }, arrays);
      for (const old of (await newestFirst(folder)).slice(kept)) await rm(join(folder, old), { force: true });
    },
  };
}

async function newestFirst(folder: string): Promise<string[]> {
  return (await readdir(folder))
    .filter((name) => namePattern.test(name))
    .toSorted()
    .toReversed();
}
