import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  createLlamaEngine,
  type LlamaEngine,
  type LlamaEngineOptions,
} from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { complete, idle, question } from '../../support/engine-calls.ts';
import { writeTinyModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually } from '../../support/eventually.ts';

// Each test starts a child or two, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const [first, second] = [folder.file('first.gguf'), folder.file('second.gguf')];
await writeTinyModel(first);
await writeTinyModel(second);
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const long = question(first, 'Olá', { maxTokens: 3000 });
const short = question(first, 'Olá', { maxTokens: 3 });

function open(options: Partial<LlamaEngineOptions> = {}): LlamaEngine {
  return createLlamaEngine({ files, threads: 1, ...options });
}

/** Starts a long answer; resolves when its first words have come. */
async function startLong(engine: LlamaEngine): Promise<{ rest: Promise<unknown>; pid: number }> {
  const stream = engine.generate(long, { signal: new AbortController().signal })[Symbol.asyncIterator]();
  await stream.next();
  const rest = (async () => {
    while ((await stream.next()).done !== true);
  })();
  rest.catch(() => undefined);
  return { rest, pid: engine.childPid ?? 0 };
}

describe('llama engine child', () => {
  it('fails the answers under way when it is killed; the next call starts a new one', async () => {
    await using engine = open();
    const { rest, pid } = await startLong(engine);
    process.kill(pid, 'SIGKILL');
    await expect(rest).rejects.toMatchObject({ code: 'engine_failed' });
    expect(await engine.status()).toMatchObject({
      state: 'degraded',
      reason: { template: expect.any(String) as string },
    });
    expect((await complete(engine, short)).finish.usage.completionTokens).toBe(3);
    expect(await engine.status()).toMatchObject({ state: 'ok', reason: null });
    expect(engine.childPid).not.toBe(pid);
    await idle(engine);
  });

  it('serves the calls that waited when it was killed', async () => {
    await using engine = open({ maxSlots: 1 });
    const { rest, pid } = await startLong(engine);
    const waiting = complete(engine, short);
    await eventually(async () => expect((await engine.status()).waiting).toBe(1));
    process.kill(pid, 'SIGKILL');
    await expect(rest).rejects.toMatchObject({ code: 'engine_failed' });
    expect((await waiting).finish.usage.completionTokens).toBe(3);
  });

  it('is killed when it hangs', async () => {
    await using engine = open({ silenceMs: 5000 });
    const { rest, pid } = await startLong(engine);
    process.kill(pid, 'SIGSTOP');
    await expect(rest).rejects.toMatchObject({ code: 'engine_failed' });
    expect((await complete(engine, short)).finish.usage.completionTokens).toBe(3);
  });

  it('ends with the engine, which then answers no more', async () => {
    const engine = open();
    const { rest, pid } = await startLong(engine);
    await engine[Symbol.asyncDispose]();
    await expect(rest).rejects.toMatchObject({ code: 'engine_failed' });
    await eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
    await expect(complete(engine, short)).rejects.toMatchObject({ code: 'shutting_down' });
  });

  it('says so when a file is no model, and still runs others', async () => {
    const broken = folder.file('broken.gguf');
    await writeFile(broken, 'GGUF and then nothing that makes sense');
    await using engine = open();
    await expect(complete(engine, question(broken, 'Olá'))).rejects.toMatchObject({ code: 'engine_failed' });
    expect((await complete(engine, short)).finish.usage.completionTokens).toBe(3);
  });

  it('unloads the least recently used model when memory is short', async () => {
    await using engine = open({ memoryBytes: 12e6, maxSlots: 1 });
    await complete(engine, short);
    await complete(engine, question(second, 'Olá', { maxTokens: 3 }));
    expect((await engine.status()).loaded.map(({ model }) => model)).toEqual([second]);
    await complete(engine, short);
    expect((await engine.status()).loaded.map(({ model }) => model)).toEqual([first]);
  });

  it('says so when a model does not fit into memory at all', async () => {
    await using engine = open({ memoryBytes: 1e5 });
    await expect(complete(engine, short)).rejects.toMatchObject({ code: 'model_unavailable' });
  });

  it.runIf(process.platform === 'linux')('knows nothing of the environment of the service', async () => {
    await using engine = open();
    await complete(engine, short);
    const environment = await readFile(`/proc/${engine.childPid}/environ`, 'utf8');
    const names = environment.split('\0').map((entry) => entry.split('=')[0]);
    expect(names.filter((name) => name !== '' && !name?.startsWith('NODE_CHANNEL'))).toEqual(['UV_THREADPOOL_SIZE']);
  });
});
