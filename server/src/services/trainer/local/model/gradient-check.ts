import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ggml } from '../ggml/open-ggml.ts';
import { ggufPieces } from '../run/write-gguf.ts';
import { slopesOf } from './gradient-differences.ts';
import { loadModel } from './load-model.ts';
import { readLlama } from './read-llama.ts';
import { tinyLlama } from './tiny-llama.ts';

const toleratedShare = 0.01;
const toleratedDifference = 0.001;

/**
 * Compares gradients of a tiny model with central differences of its loss, and throws when they differ: then the
 * libraries of this machine do not compute what the backward pass expects.
 * @param scratch a folder for the file of that model
 */
export async function checkGradients(ggml: Ggml, scratch: string): Promise<void> {
  const folder = await mkdtemp(join(scratch, 'check-'));
  try {
    const path = join(folder, 'tiny.gguf');
    const { entries, tensors } = tinyLlama();
    await writeFile(path, ggufPieces(entries, tensors));
    const shape = await readLlama(path);
    const model = await loadModel(
      ggml,
      { path, shape, usesFastCopies: false },
      { targets: 'all', rank: 4, alpha: 8, seed: 1 },
    );
    for (const { kind, predicted, measured } of slopesOf(ggml, model, { spread: 0.3, stepLength: 0.003 })) {
      const difference = Math.abs(predicted - measured);
      if (!(difference <= toleratedShare * Math.abs(measured) + toleratedDifference)) {
        throw new Error(`the gradient of ${kind} is ${predicted}, and differences say ${measured}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
