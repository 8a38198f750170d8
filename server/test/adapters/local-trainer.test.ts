import { afterAll, vi } from 'vitest';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { createLocalTrainer } from '../../src/services/trainer/local/create-local-trainer.ts';
import { trainerContract } from '../contracts/trainer-contract.ts';
import { writeTinyReranker } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inventedFacts, itemsForNano, nanoBase } from '../support/training-items.ts';

// Every test starts some processes, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const reranker = folder.file('reranker.gguf');
await writeTinyReranker(reranker);
await using engine = createLlamaEngine({
  files: createModelFiles({ directory: folder.path, bundledDirectory: 'models/nano', baseUrl: 'http://127.0.0.1:1' }),
  threads: 1,
});

trainerContract('local', {
  open: () => createLocalTrainer({ folder: folder.file('runs') }),
  base: await nanoBase(),
  items: await itemsForNano(engine, inventedFacts),
  untrainable: { model: 'reranker', path: reranker, sha256: '0'.repeat(64) },
});
