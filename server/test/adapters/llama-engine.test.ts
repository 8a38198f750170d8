import { afterAll, vi } from 'vitest';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { engineContract, type EngineHarness } from '../contracts/engine-contract.ts';
import { engineFormatContract } from '../contracts/engine-format-contract.ts';
import { enginePromptContract } from '../contracts/engine-prompt-contract.ts';
import { engineSamplingContract } from '../contracts/engine-sampling-contract.ts';
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
const infilling = folder.file('infilling.gguf');
await writeTinyModel(infilling, { infill: true });
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});

const shared = createLlamaEngine({ files, maxSlots: 8, threads: 1 });
afterAll(() => shared[Symbol.asyncDispose]());

const harness: EngineHarness = {
  shared: async () => shared,
  open: async ({ slots, queue = 64 }) => createLlamaEngine({ files, maxSlots: slots, queue, threads: 1 }),
  answering: 'nano',
  endless,
  infilling,
  contextTokens,
};

engineContract('llama', harness);
engineFormatContract('llama', harness);
enginePromptContract('llama', harness);
engineSamplingContract('llama', harness);

engineStreamContract('llama', {
  open: async () => createLlamaEngine({ files, threads: 1 }),
  request: question(endless, 'Olá', { maxTokens: 400 }),
});
