import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { blobPath } from '../../../src/services/model-files/resolve-name.ts';
import { createLocalTrainer } from '../../../src/services/trainer/local/create-local-trainer.ts';
import { complete, question } from '../../support/engine-calls.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { finishTraining } from '../../support/training-events.ts';
import { inventedFacts, itemsForNano, nanoBase, trainingRun } from '../../support/training-items.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const engine = createLlamaEngine({ files, threads: 1 });
afterAll(() => engine[Symbol.asyncDispose]());

describe('a trained adapter', () => {
  it('makes the engine give the answers it was trained with, which the model did not know', async () => {
    const training = await itemsForNano(engine, inventedFacts);
    const run = trainingRun({ id: 'facts', base: await nanoBase(), training });
    await using trainer = createLocalTrainer({ folder: folder.file('runs') });
    // Without large steps, and to the end: what is learned does not hang on the last digits of a loss.
    const hyperparameters = { ...run.hyperparameters, learningRate: 5e-3, epochs: 30, patience: 30 };
    const finished = await finishTraining(trainer, { ...run, hyperparameters });
    const adapter = `sha256:${finished.sha256}`;
    const path = blobPath(folder.path, adapter);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(finished.adapterPath, path);

    for (const [asked, answer] of inventedFacts) {
      const request = question('nano', asked, { maxTokens: 40 });
      expect((await complete(engine, request)).text).not.toBe(answer);
      expect((await complete(engine, { ...request, adapter })).text).toBe(answer);
    }
  });
});
