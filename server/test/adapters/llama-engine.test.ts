import { afterAll, vi } from 'vitest';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { engineContract } from '../contracts/engine-contract.ts';
import { engineStreamContract } from '../contracts/engine-stream-contract.ts';
import { question } from '../support/engine-calls.ts';
import { writeTinyModel } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Some tests start a child, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const endless = folder.file('endless.gguf');
const contextTokens = await writeTinyModel(endless);
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});

const shared = createLlamaEngine({ files, maxSlots: 8, threads: 1 });
afterAll(() => shared[Symbol.asyncDispose]());

engineContract('llama', {
  shared: async () => shared,
  open: async ({ slots, queue = 64 }) => createLlamaEngine({ files, maxSlots: slots, queue, threads: 1 }),
  answering: 'nano',
  endless,
  contextTokens,
});

engineStreamContract('llama', {
  open: async () => createLlamaEngine({ files, threads: 1 }),
  request: question(endless, 'Olá', { maxTokens: 400 }),
});
