import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { MergedModel } from '../../../src/ports/model-merger.ts';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { readGgufMetadata } from '../../../src/services/model-files/gguf-metadata.ts';
import { blobPath } from '../../../src/services/model-files/resolve-name.ts';
import { createLocalTrainer } from '../../../src/services/trainer/local/create-local-trainer.ts';
import { createLocalMerger } from '../../../src/services/trainer/local/merge/create-local-merger.ts';
import { complete, question } from '../../support/engine-calls.ts';
import { writeTrainableModel } from '../../support/synthetic-model.ts';
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
const trainer = createLocalTrainer({ folder: folder.file('runs') });
afterAll(() => trainer[Symbol.asyncDispose]());
const merger = createLocalMerger(files);
afterAll(() => merger[Symbol.asyncDispose]());
const call = { signal: new AbortController().signal };

async function trainedAdapter(run: Parameters<typeof finishTraining>[1]): Promise<string> {
  const finished = await finishTraining(trainer, run);
  const adapter = `sha256:${finished.sha256}`;
  const path = blobPath(folder.path, adapter);
  await mkdir(dirname(path), { recursive: true });
  await copyFile(finished.adapterPath, path);
  return adapter;
}

async function written(name: string, { bytes, content }: MergedModel): Promise<string> {
  const path = folder.file(name);
  await pipeline(content, createWriteStream(path));
  expect((await stat(path)).size).toBe(bytes);
  return path;
}

describe('a merged model', () => {
  it('answers word for word as the base with the adapter', async () => {
    const training = await itemsForNano(engine, inventedFacts);
    const run = trainingRun({ id: 'merged', base: await nanoBase(), training });
    const hyperparameters = { ...run.hyperparameters, epochs: 12, patience: 5 };
    const adapter = await trainedAdapter({ ...run, hyperparameters });
    const path = await written('nano-merged.gguf', await merger.merge({ model: 'nano', adapter }, call));
    for (const [asked] of inventedFacts) {
      const request = question('nano', asked, { maxTokens: 40 });
      const { text: expected } = await complete(engine, { ...request, adapter });
      expect((await complete(engine, request)).text).not.toBe(expected);
      expect((await complete(engine, { ...request, model: path })).text).toBe(expected);
    }
  });

  it('has in eight bits what an adapter adds to weights of four, and says so', async () => {
    const model = folder.file('q4k.gguf');
    await writeTrainableModel(model, { kind: 'q4k' });
    const row = { tokens: Array.from({ length: 40 }, (_, place) => 10 + place), answerStart: 20 };
    const item = { example: { prompt: [], answer: '' }, row };
    const base = { model, path: model, sha256: 'a'.repeat(64) };
    const adapter = await trainedAdapter(trainingRun({ id: 'q4k', base, training: [item] }));
    const path = await written('q4k-merged.gguf', await merger.merge({ model, adapter }, call));
    const { metadata, tensors } = await readGgufMetadata(path);
    const typeOf = (name: string) => tensors.find((tensor) => tensor.name === name)?.type;
    expect(metadata.get('general.file_type')).toBe(7);
    expect([typeOf('blk.0.attn_q.weight'), typeOf('token_embd.weight')]).toEqual(['Q8_0', 'Q4_K']);
    const request = question(model, 'Olá', { maxTokens: 8 });
    const { text: expected } = await complete(engine, { ...request, adapter });
    expect((await complete(engine, { ...request, model: path })).text).toBe(expected);
  });

  it('is not made of what is not there', async () => {
    await expect(merger.merge({ model: 'nano', adapter: `sha256:${'0'.repeat(64)}` }, call)).rejects.toMatchObject({
      code: 'model_unavailable',
    });
  });

  it('stops to be made when nobody wants it any more', async () => {
    const gone = new AbortController();
    const adapter = await trainedAdapter(
      trainingRun({ id: 'gone', base: await nanoBase(), training: await itemsForNano(engine, inventedFacts) }),
    );
    const { content } = await merger.merge({ model: 'nano', adapter }, { signal: gone.signal });
    const pieces = content[Symbol.asyncIterator]();
    await pieces.next();
    gone.abort(new Error('gone'));
    await expect(pieces.next()).rejects.toThrow('gone');
  });
});
