import { afterAll, vi } from 'vitest';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { engineQueueContract } from '../contracts/engine-queue-contract.ts';
import { writeTinyModel } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each test starts a child, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const endless = folder.file('endless.gguf');
await writeTinyModel(endless);
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});

engineQueueContract('llama', {
  open: async ({ slots, queue }) => createLlamaEngine({ files, maxSlots: slots, queue, threads: 1 }),
  endless,
});
