import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { writeTrainableModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());

const adjoints = new URL('../../support/adjoint-child.mjs', import.meta.url);
const gradients = new URL('../../support/gradient-child.mjs', import.meta.url);

/** Runs one of the programs that look into ggml; what it prints is JSON. */
async function printed(program: URL, ...words: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(program), ...words]);
  return JSON.parse(stdout);
}

describe('transposed weights', () => {
  it.each([
    ['f32', 1e-6],
    ['f16', 0.002],
    ['bf16', 0.002],
    ['q8', 0.005],
    ['q4', 0.005],
    ['q4k', 0.005],
    ['q5k', 0.005],
    ['q6k', 0.005],
  ])('are those of a base of %s', async (kind, tolerated) => {
    const path = folder.file(`${kind}.gguf`);
    await writeTrainableModel(path, { kind });
    expect(await printed(adjoints, path)).toBeLessThan(tolerated);
  });

  it.each(['q8', 'q4', 'q4k'])('are those of a base of %s in a faster form, where there is one', async (kind) => {
    const path = folder.file(`fast-${kind}.gguf`);
    await writeTrainableModel(path, { kind });
    expect(await printed(adjoints, path, 'fast')).toBeLessThan(0.005);
  });

  it('are whole when a matrix is transposed in several slabs', async () => {
    const path = folder.file('wide.gguf');
    await writeTrainableModel(path, { kind: 'q4k', width: 512, layers: 1, vocabulary: 32_768 });
    expect(await printed(adjoints, path)).toBeLessThan(0.005);
  });
});

describe('gradients', () => {
  it('are those that differences of the loss say', async () => {
    const path = folder.file('exact.gguf');
    await writeTrainableModel(path, { kind: 'f32' });
    const slopes = (await printed(gradients, path, '0.2', '0.03')) as Slope[];
    expect(slopes.map(({ kind }) => kind)).toHaveLength(14);
    for (const { predicted, measured } of slopes) expect(predicted).toBeCloseTo(measured, 3);
    expect(slopes.filter(({ measured }) => Math.abs(measured) > 0.01).length).toBeGreaterThan(5);
  });
});

interface Slope {
  kind: string;
  predicted: number;
  measured: number;
}
