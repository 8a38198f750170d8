import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunProgress } from '../../../src/services/trainer/local/run/checkpoint-file.ts';
import { openCheckpoints } from '../../../src/services/trainer/local/run/checkpoints.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const temporary = await temporaryFolder();
afterAll(() => temporary[Symbol.asyncDispose]());

function progressAt(step: number): RunProgress {
  return { step, epoch: 1, pack: 2, epochLoss: { sum: 3, tokens: 4 }, best: { epoch: 0, loss: 5 }, worseEpochs: 0 };
}

async function saveAll(folder: string, steps: readonly number[], digest = 'ours'): Promise<void> {
  const array = new Float32Array(2);
  const checkpoints = await openCheckpoints(folder, digest, [array]);
  for (const step of steps) {
    array.fill(step);
    await checkpoints.save(progressAt(step));
  }
}

async function restored(folder: string, length = 2): Promise<{ progress: RunProgress | undefined; values: number[] }> {
  const array = new Float32Array(length);
  const checkpoints = await openCheckpoints(folder, 'ours', [array]);
  return { progress: await checkpoints.restore(), values: [...array] };
}

async function damage(folder: string, name: string): Promise<void> {
  const content = await readFile(join(folder, name));
  content[content.length - 40]! ^= 1;
  await writeFile(join(folder, name), content);
}

describe('checkpoints', () => {
  it('are as they were saved, and the last two are kept', async () => {
    const folder = temporary.file('kept');
    await saveAll(folder, [9, 10, 100]);
    expect(await restored(folder)).toEqual({ progress: progressAt(100), values: [100, 100] });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('are none in a new folder', async () => {
    expect(await restored(temporary.file('new'))).toEqual({ progress: undefined, values: [0, 0] });
  });

  it('are passed over when they are damaged', async () => {
    const folder = temporary.file('damaged');
    await saveAll(folder, [1, 2]);
    await damage(folder, 'checkpoint-000000002.bin');
    expect(await restored(folder)).toEqual({ progress: progressAt(1), values: [1, 1] });
    await damage(folder, 'checkpoint-000000001.bin');
    expect(await restored(folder)).toEqual({ progress: undefined, values: [0, 0] });
  });

  it('are passed over when they are of another run or another size', async () => {
    const folder = temporary.file('other');
    await saveAll(folder, [7], 'theirs');
    expect(await restored(folder)).toEqual({ progress: undefined, values: [0, 0] });
    await saveAll(folder, [7]);
    expect(await restored(folder, 3)).toEqual({ progress: undefined, values: [0, 0, 0] });
  });

  it('leave nothing half-written behind', async () => {
    const folder = temporary.file('half');
    await saveAll(folder, [1]);
    await writeFile(join(folder, 'checkpoint-000000002.bin.ab12.unfinished'), 'half');
    expect(await restored(folder)).toMatchObject({ progress: { step: 1 } });
    expect(await readdir(folder)).toEqual(['checkpoint-000000001.bin']);
  });
});
