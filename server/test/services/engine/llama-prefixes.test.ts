import { readdir, readlink } from 'node:fs/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createLlamaEngine, type LlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { eventually } from '../../support/eventually.ts';
import { complete, question } from '../../support/engine-calls.ts';
import { writeTinyModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Each test starts a child, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const model = folder.file('model.gguf');
await writeTinyModel(model);
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});

/** What the states of two of the long prompts take, but not of three. */
const bytesOfTwo = 2e6;
const longPrompt = (word: string): string => `${word} `.repeat(200);

function open(prefixBytes: number): LlamaEngine {
  return createLlamaEngine({ files, threads: 1, maxSlots: 1, prefixBytes });
}

async function ask(engine: LlamaEngine, text: string) {
  const { text: answer, finish } = await complete(engine, question(model, text, { maxTokens: 20 }));
  return { answer, evaluated: finish.usage.promptTokens - finish.usage.cachedTokens, ...finish.usage };
}

describe.runIf(process.platform === 'linux')('prefixes of the llama engine', () => {
  it('that were overwritten are not evaluated again, and the text is the same', async () => {
    await using fresh = open(0);
    await using engine = open(1e9);
    const questions = ['stone', 'water', 'stone', 'water', 'stone'].map((word, turn) => `${longPrompt(word)}${turn}?`);
    for (const [turn, text] of questions.entries()) {
      const cold = await ask(fresh, text);
      const warm = await ask(engine, text);
      expect(cold.promptTokens).toBeGreaterThan(1000);
      expect(cold.evaluated).toBeGreaterThan(1000);
      expect(warm.evaluated).toBeLessThan(turn < 2 ? Infinity : 20);
      expect(warm.answer).toBe(cold.answer);
    }
  });

  it('are continued where a conversation left off', async () => {
    await using engine = open(1e9);
    const first = longPrompt('stone');
    const { answer } = await ask(engine, first);
    await ask(engine, longPrompt('water'));
    const messages = [
      { role: 'user', text: first },
      { role: 'assistant', text: answer },
      { role: 'user', text: 'And then?' },
    ] as const;
    const request = { ...question(model, ''), prompt: { type: 'chat', messages } as const };
    const { usage } = (await complete(engine, request)).finish;
    expect(usage.promptTokens).toBeGreaterThan(1000);
    expect(usage.promptTokens - usage.cachedTokens).toBeLessThan(200);
  });

  it('go when there are too many, the least recently used first', async () => {
    await using engine = open(bytesOfTwo);
    for (const word of ['stone', 'water', 'stone', 'cloud', 'brook']) await ask(engine, longPrompt(word));
    expect((await ask(engine, longPrompt('stone'))).evaluated).toBeLessThan(20);
    expect((await ask(engine, longPrompt('water'))).evaluated).toBeGreaterThan(1000);
  });

  it('are in files without a name, which are closed when the model is unloaded', async () => {
    await using engine = open(1e9);
    for (const word of ['stone', 'water', 'cloud']) await ask(engine, longPrompt(word));
    expect(await openStates(engine.childPid)).toEqual([true, true]);
    await engine.load(model, { keepAliveMs: 0, signal: new AbortController().signal });
    await eventually(async () => expect((await engine.status()).loaded).toEqual([]));
    await eventually(async () => expect(await openStates(engine.childPid)).toEqual([]));
  });
});

/** Of each state that the child has open, whether it has no name any more. */
async function openStates(pid: number | undefined): Promise<boolean[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(
    descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')),
  );
  return targets
    .filter((target) => target.includes('billumy-') && !target.includes('.gguf'))
    .map((target) => target.endsWith(' (deleted)'));
}
