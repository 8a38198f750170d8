import { inEnglish } from '../../src/errors/told.ts';
import { readdir, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Trainer, TrainingRun } from '../../src/ports/trainer.ts';
import { createRemoteTrainer } from '../../src/services/trainer/remote/remote-trainer.ts';
import { adapterBytes, type AdapterSketch, smallBase } from '../support/adapter-bytes.ts';
import { startFakeTrainer, type FakeTrainer, type FakeTrainerScript } from '../support/fake-trainer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { factRun, trainToEnd } from '../support/training-runs.ts';

const quick = { firstDelayMs: 1, longestDelayMs: 10, outageMs: 300 };
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

interface Setting {
  server: FakeTrainer;
  trainer: Trainer;
  run: TrainingRun;
  /** What lies in the folder of the run. */
  files(): Promise<string[]>;
}

async function open(script: FakeTrainerScript = {}): Promise<Setting> {
  const folder = await temporaryFolder();
  const server = await startFakeTrainer(script);
  const trainer = createRemoteTrainer({ url: server.url, apiKey: 'key', folder: folder.file('runs'), patience: quick });
  opened.push(folder, server, trainer);
  const path = folder.file('base.gguf');
  await writeFile(path, smallBase);
  const run = factRun({ model: 'small', path, sha256: 'ab'.repeat(32) });
  return { server, trainer, run, files: () => readdir(folder.file(`runs/${run.id}`)).catch(() => []) };
}

describe('an adapter from elsewhere', () => {
  it('is taken when all is right', async () => {
    const { trainer, run, files } = await open();
    const { events } = await trainToEnd(trainer, run);
    expect(events.map(({ type }) => type)).toEqual(['started', 'step', 'epoch', 'finished']);
    expect(events.at(-1)).toMatchObject({ steps: 1, validationLoss: 0.5, bytes: adapterBytes().length });
    expect(await files()).toContain('adapter.gguf');
  });

  const a = { name: 'blk.0.attn_q.weight.lora_a', shape: [8, 2] } as const;
  const b = { name: 'blk.0.attn_q.weight.lora_b', shape: [2, 4] } as const;
  const wrong: Record<string, AdapterSketch> = {
    'is a model': { metadata: { 'general.type': 'model' } },
    'is of another kind': { metadata: { 'adapter.type': 'control-vector' } },
    'is of another architecture': { metadata: { 'general.architecture': 'qwen2' } },
    'has no scale': { metadata: { 'adapter.lora.alpha': 0 } },
    'is laid out in another way': { metadata: { 'general.alignment': 3 } },
    'has no tensors': { tensors: [] },
    'lacks a side': { tensors: [a] },
    'has a side twice': { tensors: [a, b, b] },
    'changes what the model does not have': {
      tensors: [
        { ...a, name: 'blk.7.attn_q.weight.lora_a' },
        { ...b, name: 'blk.7.attn_q.weight.lora_b' },
      ],
    },
    'has other inputs': { tensors: [{ ...a, shape: [7, 2] }, b] },
    'has other outputs': { tensors: [a, { ...b, shape: [2, 5] }] },
    'has sides that do not fit each other': { tensors: [{ ...a, shape: [8, 3] }, b] },
    'has a higher rank than asked for': {
      tensors: [
        { ...a, shape: [8, 9] },
        { ...b, shape: [9, 4] },
      ],
    },
    'has a number that is none': { tensors: [a, { ...b, value: NaN }] },
    'has a number without end': { tensors: [a, { ...b, value: Infinity }] },
  };
  it.each(Object.entries(wrong))('is thrown away when it %s', async (_what, sketch) => {
    const { trainer, run, files } = await open({ adapter: adapterBytes(sketch) });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code: 'training_failed' });
    expect(await files()).not.toContain('adapter.gguf');
  });

  const whole = adapterBytes();
  const untrue: Record<string, FakeTrainerScript> = {
    'is cut': { adapter: whole.subarray(0, -4) },
    'has more at its end': { adapter: Buffer.concat([whole, Buffer.alloc(64)]) },
    'is no GGUF': { adapter: Buffer.from('not a model at all') },
    'has another hash than told': { told: { sha256: 'cd'.repeat(32) } },
    'comes without a hash': { told: { sha256: undefined } },
    'is larger than any of that rank': { told: { bytes: 2 ** 40 } },
  };
  it.each(Object.entries(untrue))('is thrown away when it %s', async (_what, script) => {
    const { trainer, run, files } = await open(script);
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code: 'training_failed' });
    expect(await files()).not.toContain('adapter.gguf');
  });

  it('is not read beyond the size that was told', async () => {
    const { trainer, run } = await open({ told: { bytes: 100 } });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code: 'trainer_unavailable' });
  });
});

describe('a trainer that answers otherwise', () => {
  it('does not lead elsewhere', async () => {
    await using elsewhere = await startFakeTrainer();
    const { trainer, run } = await open({ instead: () => ({ status: 307, headers: { location: elsewhere.url } }) });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({
      code: 'trainer_unavailable',
      detail: expect.stringContaining('redirects'),
    });
    expect(elsewhere.calls).toEqual([]);
  });

  it('does not take the key', async () => {
    const { trainer, run } = await open({ instead: () => ({ status: 401 }) });
    const refusal = { code: 'part_unavailable', detail: expect.stringContaining('TRAINER_API_KEY') };
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject(refusal);
    await expect(trainer.assess(run)).rejects.toMatchObject(refusal);
  });

  it('is no trainer: assess says so', async () => {
    const { trainer, run } = await open({ instead: () => ({ status: 404 }) });
    const { possible, reason } = await trainer.assess(run);
    expect(possible).toBe(false);
    expect(inEnglish(reason!)).toContain('TRAINER_URL');
  });

  it.each([
    ['no JSON', Buffer.from('<html>')],
    ['another form', { data: 'many' }],
    ['an id that leads elsewhere', { data: [{ id: '../../x', model: 'm', status: 'running' }] }],
    ['more than is read', Buffer.alloc(20 * 2 ** 20, 32)],
  ])('sends %s', async (_what, body) => {
    const { trainer, run } = await open({
      instead: (call) => (call === 'GET /v1/fine_tuning/jobs' ? { body } : undefined),
    });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code: 'trainer_unavailable' });
  });

  it('goes away for a moment', async () => {
    let failures = 3;
    const { trainer, run } = await open({
      instead: (call) => (call.endsWith('/events') && failures-- > 0 ? { status: 503 } : undefined),
    });
    await expect(trainToEnd(trainer, run)).resolves.toBeDefined();
  });

  it('goes away for long, and the run goes on later', async () => {
    const { server, trainer, run } = await open({
      instead: (call) => (call.endsWith('/events') ? { status: 502 } : undefined),
    });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code: 'part_unavailable', retryAfterSeconds: 10 });
    server.script = {};
    await expect(trainToEnd(trainer, run)).resolves.toBeDefined();
    expect(server.calls.filter((call) => call === 'POST /v1/fine_tuning/jobs')).toHaveLength(1);
  });

  it('has another model under the hash', async () => {
    const { trainer, run } = await open({
      instead: (call) => (call.startsWith('GET /v1/models/') ? { status: 404 } : undefined),
    });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code: 'trainer_unavailable' });
  });

  it.each([
    ['unsupported_model', 'trainer_unavailable'],
    ['disk_full', 'disk_full'],
    ['timeout', 'timeout'],
    ['whatever', 'training_failed'],
    ['constructor', 'training_failed'],
  ])('fails with %s', async (told, code) => {
    const { trainer, run } = await open({ statuses: ['failed'], error: { code: told } });
    await expect(trainToEnd(trainer, run)).rejects.toMatchObject({ code });
  });
});

describe('a run elsewhere', () => {
  it('is paused there when it takes too long', async () => {
    const { server, trainer, run } = await open({ statuses: ['running'] });
    const limits = { ...run.limits, milliseconds: 20 };
    await expect(trainToEnd(trainer, { ...run, limits })).rejects.toMatchObject({ code: 'timeout' });
    expect(server.calls).toContain('POST /v1/fine_tuning/jobs/job-1/pause');
  });

  it('is cancelled there when it takes too long and cannot be paused', async () => {
    const { server, trainer, run } = await open({
      statuses: ['running'],
      instead: (call) => (call.endsWith('/pause') ? { status: 404 } : undefined),
    });
    const limits = { ...run.limits, milliseconds: 20 };
    await expect(trainToEnd(trainer, { ...run, limits })).rejects.toMatchObject({ code: 'timeout' });
    expect(server.calls).toContain('POST /v1/fine_tuning/jobs/job-1/cancel');
  });

  it('goes on without us where it cannot be paused, and is found again', async () => {
    const controller = new AbortController();
    const { server, trainer, run } = await open({
      statuses: ['running'],
      instead: (call) => (call.endsWith('/pause') ? { status: 404 } : undefined),
    });
    const told = (): void => controller.abort(new Error('enough'));
    await expect(trainToEnd(trainer, run, { signal: controller.signal, told })).rejects.toThrow('enough');
    expect(server.calls).not.toContain('POST /v1/fine_tuning/jobs/job-1/cancel');
    server.script = {};
    const { events } = await trainToEnd(trainer, run);
    expect(events[0]).toMatchObject({ type: 'started', resumedAt: 1 });
  });

  it('begins anew when the trainer knows nothing of it any more', async () => {
    const { server, trainer, run } = await open();
    await trainToEnd(trainer, run);
    let isForgotten = true;
    server.script = {
      instead: (call) => {
        if (call !== 'GET /v1/fine_tuning/jobs/job-1' || !isForgotten) return undefined;
        isForgotten = server.calls.filter((each) => each === 'POST /v1/fine_tuning/jobs').length === 1;
        return isForgotten ? { status: 404 } : undefined;
      },
    };
    await expect(trainToEnd(trainer, run)).resolves.toBeDefined();
    expect(server.calls.filter((call) => call === 'POST /v1/fine_tuning/jobs')).toHaveLength(2);
  });

  it('begins anew when something else is asked for under its id', async () => {
    const { server, trainer, run } = await open();
    await trainToEnd(trainer, run);
    await trainToEnd(trainer, { ...run, hyperparameters: { ...run.hyperparameters, seed: 8 } });
    expect(server.calls.filter((call) => call === 'POST /v1/fine_tuning/jobs')).toHaveLength(2);
    expect(server.calls).toContain('DELETE /v1/files/file-result');
  });

  it('is removed there, later when the trainer is away', async () => {
    const { server, trainer, run, files } = await open();
    await trainToEnd(trainer, run);
    server.script = { instead: () => ({ status: 503 }) };
    await trainer.discard(run.id);
    expect(await files()).toEqual(['remote.json']);
    server.script = {};
    const before = server.calls.length;
    await trainToEnd(trainer, factRun(run.base));
    expect(server.calls.slice(before)).toEqual(
      expect.arrayContaining(['DELETE /v1/files/file-0', 'DELETE /v1/files/file-1', 'DELETE /v1/files/file-result']),
    );
    expect(await files()).toEqual([]);
  });
});
