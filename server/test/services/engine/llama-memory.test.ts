import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Engine, GenerateRequest } from '../../../src/ports/engine.ts';
import { createLlamaEngine, type LlamaEngineOptions } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { eventually } from '../../support/eventually.ts';
import { complete, idle, question } from '../../support/engine-calls.ts';
import { holdPlace } from '../../support/hold-place.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { writeTinyAdapter, writeTinyModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Each test starts a child, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const [first, second, third] = [folder.file('first.gguf'), folder.file('second.gguf'), folder.file('third.gguf')];
for (const path of [first, second, third]) await writeTinyModel(path);
const adapters = new Map<string, string>();
for (const seed of [1, 2]) {
  const path = folder.file(`adapter-${seed}.gguf`);
  await writeTinyAdapter(path, seed);
  adapters.set(`sha256:${String(seed).repeat(64)}`, path);
}
const [formal = '', funny = ''] = adapters.keys();
const brokenAdapter = `sha256:${'b'.repeat(64)}`;
adapters.set(brokenAdapter, folder.file('broken-adapter.gguf'));
await writeFile(folder.file('broken-adapter.gguf'), 'GGUF and then nothing that makes sense');
const modelFiles = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const files = {
  profile: modelFiles.profile,
  findPath: async (name: string) => adapters.get(name) ?? modelFiles.findPath(name),
};

const minute = 60_000;
/** Enough for one tiny model with one slot, not for two. */
const memoryOfOne = 12e6;
const memoryOfTwo = 17e6;

function setUp(options: Partial<LlamaEngineOptions> = {}) {
  const clock = createManualClock();
  return { clock, engine: createLlamaEngine({ files, threads: 1, clock, ...options }) };
}

const short = (model: string, change: Partial<GenerateRequest> = {}): GenerateRequest => ({
  ...question(model, 'Olá', { maxTokens: 3 }),
  ...change,
});

async function loadedModels(engine: Engine): Promise<string[]> {
  return (await engine.status()).loaded.map(({ model }) => model);
}

/** Lets time pass until the first model lets nobody in any more, since another one has waited for its memory so long. */
async function waitUntilImpatient(engine: Engine, clock: ManualClock): Promise<void> {
  await eventually(async () => {
    clock.advance(minute);
    expect((await engine.status()).queues.find(({ model }) => model === first)?.slots).toBe(0);
  });
}

describe('memory of the llama engine', () => {
  it('keeps a model for five minutes after its last use', async () => {
    const { engine, clock } = setUp();
    await using _ = engine;
    await complete(engine, short(first));
    await idle(engine);
    clock.advance(4 * minute);
    await complete(engine, short(first));
    await idle(engine);
    clock.advance(4 * minute);
    const [loaded] = (await engine.status()).loaded;
    expect(loaded?.expiresAt).toEqual(new Date(clock.now() + minute));
    clock.advance(minute);
    await eventually(async () => expect(await loadedModels(engine)).toEqual([]));
    expect((await complete(engine, short(first))).finish.usage.completionTokens).toBe(3);
  });

  it('keeps a model as long as a call says, and no longer', async () => {
    const { engine, clock } = setUp();
    await using _ = engine;
    await complete(engine, short(first, { keepAliveMs: Infinity }));
    await complete(engine, short(second, { keepAliveMs: 1000 }));
    await engine.load(third, { keepAliveMs: 2000, signal: new AbortController().signal });
    await idle(engine);
    clock.advance(1000);
    await eventually(async () => expect(await loadedModels(engine)).toEqual([first, third]));
    clock.advance(60 * minute);
    await eventually(async () => expect(await loadedModels(engine)).toEqual([first]));
    expect((await engine.status()).loaded[0]?.expiresAt).toBeNull();
  });

  it('unloads when nobody uses the model any more, not under a call', async () => {
    const { engine } = setUp();
    await using _ = engine;
    const release = await holdPlace(engine, first);
    await engine.load(first, { keepAliveMs: 0, signal: new AbortController().signal });
    expect((await engine.status()).loaded).toMatchObject([{ model: first, busy: 1 }]);
    await release();
    await eventually(async () => expect(await loadedModels(engine)).toEqual([]));
  });

  it('keeps models that are always wanted, until it is told to unload one', async () => {
    const { engine, clock } = setUp({ isPermanent: (model) => model === first });
    await using _ = engine;
    await complete(engine, short(first, { keepAliveMs: 0 }));
    await idle(engine);
    clock.advance(60 * minute);
    expect(await loadedModels(engine)).toEqual([first]);
    await engine.load(first, { keepAliveMs: 0, signal: new AbortController().signal });
    await eventually(async () => expect(await loadedModels(engine)).toEqual([]));
  });

  it('does not load a model again because a call has other options', async () => {
    const { engine } = setUp();
    await using _ = engine;
    await complete(engine, short(first));
    const { finish } = await complete(engine, short(first, { contextTokens: 512, keepAliveMs: 5000 }));
    expect(finish.timings.loadMs).toBe(0);
    expect((await engine.status()).loaded).toMatchObject([{ model: first, contextTokens: 4096 }]);
  });

  it('spares the model that is always wanted when another one makes enough room', async () => {
    const { engine, clock } = setUp({
      memoryBytes: memoryOfTwo,
      maxSlots: 1,
      isPermanent: (model) => model === first,
    });
    await using _ = engine;
    await complete(engine, short(first));
    clock.advance(1000);
    await complete(engine, short(second));
    expect(await loadedModels(engine)).toEqual([first, second]);
    await complete(engine, short(third));
    expect(await loadedModels(engine)).toEqual([first, third]);
  });

  it('waits for memory until the calls on another model have ended', async () => {
    const { engine } = setUp({ memoryBytes: memoryOfOne, maxSlots: 1 });
    await using _ = engine;
    const release = await holdPlace(engine, first);
    const waiting = complete(engine, short(second));
    await eventually(async () => expect((await engine.status()).waiting).toBe(1));
    expect(await loadedModels(engine)).toEqual([first]);
    await release();
    expect((await waiting).finish.usage.completionTokens).toBe(3);
    expect(await loadedModels(engine)).toEqual([second]);
  });

  it('lets a model that has waited long take the memory of one that is always in use', async () => {
    const { engine, clock } = setUp({ memoryBytes: memoryOfOne, maxSlots: 1 });
    await using _ = engine;
    const release = await holdPlace(engine, first);
    const order: string[] = [];
    const other = complete(engine, short(second)).then(() => order.push('other'));
    const same = complete(engine, short(first)).then(() => order.push('same'));
    await eventually(async () => expect((await engine.status()).waiting).toBe(2));
    await waitUntilImpatient(engine, clock);
    await release();
    await Promise.all([other, same]);
    expect(order).toEqual(['other', 'same']);
  });

  it('forgets a model that nobody waits for any more', async () => {
    const { engine } = setUp({ memoryBytes: memoryOfOne, maxSlots: 1 });
    await using _ = engine;
    const release = await holdPlace(engine, first);
    const abort = new AbortController();
    const waiting = complete(engine, short(second), abort.signal);
    await eventually(async () => expect((await engine.status()).waiting).toBe(1));
    abort.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    await eventually(async () => expect((await engine.status()).queues.map(({ model }) => model)).toEqual([first]));
    await release();
    expect((await complete(engine, short(first))).finish.usage.completionTokens).toBe(3);
  });

  it('gives the memory of a child that has died to a model that waits for it', async () => {
    const { engine, clock } = setUp({ memoryBytes: memoryOfOne, maxSlots: 1 });
    await using _ = engine;
    await holdPlace(engine, first);
    const waiting = complete(engine, short(second));
    await waitUntilImpatient(engine, clock);
    process.kill(engine.childPid ?? 0, 'SIGKILL');
    expect((await waiting).finish.usage.completionTokens).toBe(3);
  });

  it('loses no call while models take turns in memory, and some callers leave', async () => {
    const { engine, clock } = setUp({ memoryBytes: memoryOfOne, maxSlots: 2 });
    await using _ = engine;
    const calls = Array.from({ length: 45 }, (_unused, index) => {
      const abort = new AbortController();
      const model = [first, second, third][index % 3] ?? first;
      const call = complete(engine, short(model, { keepAliveMs: (index % 4) * 1000 }), abort.signal);
      if (index % 5 === 0) setImmediate(() => abort.abort(new Error('left')));
      return call.then(
        ({ finish }) => finish.usage.completionTokens,
        (error: Error) => error.message,
      );
    });
    let isOver = false;
    const outcomes = Promise.all(calls).finally(() => (isOver = true));
    await eventually(async () => {
      clock.advance(20_000);
      expect(isOver).toBe(true);
    });
    const expected = calls.map((_unused, index) => (index % 5 === 0 ? 'left' : 3));
    expect(await outcomes).toEqual(expected);
    await eventually(async () => {
      clock.advance(minute);
      expect(await engine.status()).toMatchObject({ waiting: 0, queues: [], loaded: [] });
    });
  });

  it('tells who waits for memory that the service ends', async () => {
    const { engine, clock } = setUp({ memoryBytes: memoryOfOne, maxSlots: 1 });
    await holdPlace(engine, first);
    const options = { keepAliveMs: null, signal: new AbortController().signal };
    const outcomes = Promise.allSettled([engine.load(second, options), complete(engine, short(second))]);
    await waitUntilImpatient(engine, clock);
    await engine[Symbol.asyncDispose]();
    const shutdown = { status: 'rejected', reason: { code: 'shutting_down' } };
    expect(await outcomes).toMatchObject([shutdown, shutdown]);
  });

  it('says how much memory a model needs that does not fit at all, and keeps what is loaded', async () => {
    const { engine } = setUp({ memoryBytes: memoryOfOne, maxSlots: 1 });
    await using _ = engine;
    await complete(engine, short(first));
    const large = folder.file('large.gguf');
    await writeTinyModel(large, { layers: 40 });
    const refused = complete(engine, short(large));
    await expect(refused).rejects.toMatchObject({
      code: 'model_unavailable',
      detail: expect.stringMatching(/needs .* GB of memory, but models may use 0\.012 GB/),
    });
    expect(await loadedModels(engine)).toEqual([first]);
  });
});

describe('adapters of the llama engine', () => {
  it('change the text, over weights that are loaded once', async () => {
    const { engine } = setUp({ maxSlots: 2 });
    await using _ = engine;
    const write = async (adapter?: string): Promise<string> =>
      (await complete(engine, short(first, { ...question(first, 'Olá', { maxTokens: 20 }), adapter }))).text;
    const plain = await write();
    const alone = (await engine.status()).loaded[0]?.bytes ?? 0;
    const [one, other] = [await write(formal), await write(funny)];
    expect(new Set([plain, one, other]).size).toBe(3);
    expect([await write(), await write(formal), await write(funny)]).toEqual([plain, one, other]);
    const together = await Promise.all([write(), write(formal), write(funny), write(formal)]);
    expect(together).toEqual([plain, one, other, one]);
    const { loaded } = await engine.status();
    expect(loaded.map(({ model, adapter }) => ({ model, adapter }))).toEqual([
      { model: first, adapter: null },
      { model: first, adapter: formal },
      { model: first, adapter: funny },
    ]);
    expect(alone).toBeGreaterThan(0);
  });

  it('leave memory alone or with the model, and come back', async () => {
    const { engine } = setUp({ maxSlots: 1 });
    await using _ = engine;
    const adaptersLoaded = async (): Promise<(string | null)[]> =>
      (await engine.status()).loaded.map(({ adapter }) => adapter);
    const signal = new AbortController().signal;
    const { text } = await complete(engine, short(first, { adapter: formal }));
    for (const adapter of [undefined, funny]) await engine.load(first, { adapter, keepAliveMs: null, signal });
    expect(await adaptersLoaded()).toEqual([formal, null, funny]);
    await engine.load(first, { adapter: formal, keepAliveMs: 0, signal });
    await eventually(async () => expect(await adaptersLoaded()).toEqual([null, funny]));
    expect((await complete(engine, short(first, { adapter: formal }))).text).toBe(text);
    await engine.load(first, { keepAliveMs: 0, signal });
    await eventually(async () => expect(await adaptersLoaded()).toEqual([]));
    expect((await complete(engine, short(first, { adapter: formal }))).text).toBe(text);
  });

  it('that are not there, damaged, or no digest are refused in words', async () => {
    const { engine } = setUp({ maxSlots: 1 });
    await using _ = engine;
    const refused = (adapter: string) => complete(engine, short(first, { adapter }));
    await expect(refused(`sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(refused(first)).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(refused(brokenAdapter)).rejects.toMatchObject({ code: 'model_incapable' });
    expect((await complete(engine, short(first))).finish.usage.completionTokens).toBe(3);
  });
});
