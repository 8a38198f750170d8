import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createDividedLikelihood } from '../../src/services/engine/remote/fleet/with-local.ts';
import { likelihoodContract, type WeighingEngine } from '../contracts/likelihood-contract.ts';
import { readBareModel } from '../support/bare-model.ts';
import { writeTinyAdapter, writeTinyModel } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';

vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const endless = folder.file('endless.gguf');
const contextTokens = await writeTinyModel(endless);
const bare = folder.file('bare.gguf');
await writeTinyModel(bare, { isBare: true });
const lora = folder.file('adapter.gguf');
await writeTinyAdapter(lora, 3);
const broken = folder.file('broken.gguf');
await writeTinyAdapter(broken, NaN);
const digestOf = async (path: string): Promise<string> =>
  `sha256:${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')}`;
const adapters = new Map([
  [await digestOf(lora), lora],
  [await digestOf(broken), broken],
]);
const installed = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const files = {
  profile: (name: string) => installed.profile(name),
  findPath: async (name: string) => adapters.get(name) ?? installed.findPath(name),
};

function open(slots: number): WeighingEngine {
  const engine = createLlamaEngine({ files, threads: 1, maxSlots: slots });
  return { engine, likelihood: engine.likelihood, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

const shared = open(4);
afterAll(() => shared[Symbol.asyncDispose]());

likelihoodContract('llama', {
  shared: async () => shared,
  open: async ({ slots }) => open(slots),
  answering: 'nano',
  endless,
  adapter: await digestOf(lora),
  contextTokens,
});

const never = new AbortController().signal;

describe('llama likelihood', () => {
  it('gives the value that is computed by hand', async () => {
    const unlikely = await readBareModel(bare);
    const tokens = [20, 100, 7, 300, 300, 4];
    const expected = tokens.slice(2).reduce((sum, next, index) => sum + unlikely(tokens[index + 1] ?? 0, next), 0);
    const rows = [{ tokens, answerStart: 2 }];
    const [scored] = await shared.likelihood.score({ model: bare, rows }, { signal: never });
    expect(scored).toEqual({ nll: expect.closeTo(expected, 1), answerTokens: 4 });
  });

  it('gives no number for weights that are none, and goes on', async () => {
    const rows = [{ tokens: [20, 100, 7], answerStart: 1 }];
    const adapter = await digestOf(broken);
    const [scored] = await shared.likelihood.score({ model: endless, adapter, rows }, { signal: never });
    expect(scored?.nll).toBeNaN();
    const [sound] = await shared.likelihood.score({ model: endless, rows }, { signal: never });
    expect(sound?.nll).toBeGreaterThan(0);
  });

  it('weighs nothing of a model that runs elsewhere', async () => {
    const likelihood = createDividedLikelihood(shared.likelihood, { isLocal: async (name) => name === bare });
    const rows = [{ tokens: [20, 21], answerStart: 1 }];
    expect(await likelihood.score({ model: bare, rows }, { signal: never })).toHaveLength(1);
    const elsewhere = { model: 'llama3.2:3b', rows };
    await expect(likelihood.score(elsewhere, { signal: never })).rejects.toMatchObject({ code: 'model_incapable' });
    await expect(likelihood.rows('llama3.2:3b', [], { signal: never })).rejects.toMatchObject({
      code: 'model_incapable',
    });
  });
});
