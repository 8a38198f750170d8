import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTrainingTools } from '../../src/core/training/create-training-tools.ts';
import { hyperparametersFor } from '../../src/core/training/hyperparameters.ts';
import { splitExamples } from '../../src/core/training/examples/split.ts';
import { toExamples } from '../../src/core/training/examples/to-examples.ts';
import type { DocumentStore } from '../../src/ports/document-store.ts';
import type { TrainingRun } from '../../src/ports/trainer.ts';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { openBlobFiles } from '../../src/services/model-files/blob-files.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { createLocalTrainer } from '../../src/services/trainer/local/create-local-trainer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inventedFacts } from '../support/training-facts.ts';

const call = { signal: new AbortController().signal };
const limits = { threads: 1, memoryBytes: 2 ** 31, milliseconds: 3_600_000 };
const noDocuments = { list: async () => ({ items: [], next: null }) } as unknown as DocumentStore;

describe('the gate', { timeout: 900_000 }, () => {
  it('rejects an adapter that was trained on new facts alone: it forgets what the model could do', async () => {
    await using folder = await temporaryFolder();
    const directory = folder.file('models');
    const files = createModelFiles({ directory, bundledDirectory: 'models/nano', baseUrl: 'http://127.0.0.1:1' });
    await using engine = createLlamaEngine({ files, threads: 1 });
    await using trainer = createLocalTrainer({ folder: folder.file('training') });
    const tools = createTrainingTools({ engine, likelihood: engine.likelihood, documents: noDocuments });
    const model = 'nano';
    const given = inventedFacts.flatMap(({ trained, answer }) => trained.map((question) => ({ question, answer })));
    const { training: fresh, heldOut } = splitExamples(toExamples(given));
    const { measured } = await tools.replay({ model, least: 32, fresh, heldOut }, call);
    const toItems = (examples: typeof fresh) => tools.toItems({ model, examples }, call);
    const { digest, bytes } = await files.describe(model);
    const run: TrainingRun = {
      id: 'alone',
      base: { model, path: (await files.findPath(model))!, sha256: digest },
      training: await toItems(fresh),
      validation: await toItems(heldOut),
      // As many steps as with what is replayed.
      hyperparameters: hyperparametersFor({ epochs: 40, patience: 40 }, { bytes }),
      limits,
    };
    let adapter: string | undefined;
    for await (const event of trainer.train(run, call)) {
      if (event.type !== 'finished') continue;
      adapter = `sha256:${event.sha256}`;
      const blobs = await openBlobFiles({ directory });
      await blobs.put(adapter, createReadStream(event.adapterPath), { bytes: event.bytes });
    }
    const sets = { base: run.base, taught: run.training, heldOut: run.validation, replay: await toItems(measured) };
    const before = await tools.measure({ ...sets, adapter: undefined }, call);
    const after = await tools.measure({ ...sets, adapter }, call);
    const { accepted, checks } = tools.judge({ before, after });
    expect(accepted).toBe(false);
    const passed = Object.fromEntries(checks.map((check) => [check.name, check.passed]));
    expect(passed).toMatchObject({ heldOutNll: true, replayNll: false, retrieval: false });
  });
});
