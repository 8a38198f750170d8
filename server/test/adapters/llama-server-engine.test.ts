import { afterAll, describe, vi } from 'vitest';
import { engineContract, type EngineHarness } from '../contracts/engine-contract.ts';
import { engineFormatContract } from '../contracts/engine-format-contract.ts';
import { enginePromptContract } from '../contracts/engine-prompt-contract.ts';
import { engineSamplingContract } from '../contracts/engine-sampling-contract.ts';
import { engineStreamContract } from '../contracts/engine-stream-contract.ts';
import { question } from '../support/engine-calls.ts';
import { startLlamaServer } from '../support/llama-server.ts';
import { once } from '../support/once.ts';
import { openRemote } from '../support/remote-engine.ts';
import { writeTinyModel } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 90_000 });

/** The path of the program: see `scripts/engines/build-llama-server.sh`. */
const binary = process.env['LLAMA_SERVER'] ?? '';
const folder = await temporaryFolder();
const endless = folder.file('endless.gguf');
const infilling = folder.file('infilling.gguf');
const contextTokens = await writeTinyModel(endless);
await writeTinyModel(infilling, { infill: true });

const start = (
  model: string,
  { alias, slots, size = contextTokens }: { alias: string; slots: number; size?: number },
) => startLlamaServer({ binary, model, alias, slots, contextTokens: size });

const shared = once(async () => {
  const servers = await Promise.all([
    start(endless, { alias: 'endless', slots: 8 }),
    start(infilling, { alias: 'infilling', slots: 2 }),
    start('models/nano/nano.gguf', { alias: 'nano', slots: 2, size: 2048 }),
  ]);
  return openRemote({ urls: servers.map(({ url }) => url), servers });
});

const open = async ({ slots, queue = 64 }: { slots: number; queue?: number }) => {
  const server = await start(endless, { alias: 'endless', slots });
  return openRemote({ urls: [server.url], servers: [server], queue });
};

const harness: EngineHarness = {
  shared: shared.get,
  open,
  answering: 'nano',
  endless: 'endless',
  infilling: 'infilling',
  contextTokens,
};

afterAll(async () => {
  await (await shared.made)?.[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const halfCharacters = 'the server does not tell tokens that end in half a character';
const deviations = {
  engine: [
    {
      test: 'stops at a stop string, of which it shows nothing',
      reason: 'the server compares bytes, and the text of this model has bytes that are no characters',
    },
    {
      test: 'tells which stop string ended it, if it was one',
      reason: 'the server compares bytes, and the text of this model has bytes that are no characters',
    },
    {
      test: 'evaluates a beginning that calls share once, also when they come together',
      reason: 'each slot of the server evaluates its prompt by itself',
    },
  ],
  format: [
    {
      test: 'calls a tool when it must, with arguments of its schema',
      reason: 'the server forces calls only on models whose template knows tools, which this one does not',
    },
  ],
  prompt: [{ test: 'tells the tokens of prompt and completion, when asked for', reason: halfCharacters }],
  sampling: [{ test: 'tells how likely each token was, and the likeliest others', reason: halfCharacters }],
};

describe.skipIf(binary === '')('a real llama-server (set LLAMA_SERVER to the path of one to run it)', () => {
  engineContract('llama-server', { ...harness, deviations: deviations.engine });
  engineFormatContract('llama-server', { ...harness, deviations: deviations.format });
  enginePromptContract('llama-server', { ...harness, deviations: deviations.prompt });
  engineSamplingContract('llama-server', { ...harness, deviations: deviations.sampling });
  engineStreamContract('llama-server', {
    open: () => open({ slots: 2 }),
    request: question('endless', 'Olá', { maxTokens: 400 }),
  });
});
