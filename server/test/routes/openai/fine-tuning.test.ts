import { describe, expect, it } from 'vitest';
import { createTrainingFiles } from '../../../src/core/training/training-files.ts';
import { openDialectApp, type DialectApp } from '../../support/dialect-app.ts';
import { eventually } from '../../support/eventually.ts';
import { gate, openTrainingMachine, type TrainingMachine, unlessAborted } from '../../support/training-setup.ts';
import type { TrainingScript } from '../../support/training-parts.ts';

const lines = Array.from({ length: 8 }, (_, index) => ({
  messages: [
    { role: 'user', content: `Zirva ${index}?` },
    { role: 'assistant', content: `Zirva is ${index}.` },
  ],
}));
const jsonl = lines.map((line) => JSON.stringify(line)).join('\n');

interface Setting extends AsyncDisposable {
  app: DialectApp;
  upload(content: string, purpose?: string): ReturnType<DialectApp['call']>;
}

async function open(machine: TrainingMachine, script: TrainingScript = {}): Promise<Setting> {
  const service = await machine.start(script);
  const trainingFiles = createTrainingFiles({ ...service.ports, now: () => new Date() });
  const app = await openDialectApp({ training: service.training, trainingFiles });
  return {
    app,
    async upload(content, purpose = 'fine-tune') {
      const boundary = 'a-boundary';
      const body =
        `--${boundary}\r\ncontent-disposition: form-data; name="purpose"\r\n\r\n${purpose}\r\n` +
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="x.jsonl"\r\n\r\n${content}\r\n--${boundary}--\r\n`;
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
      return app.call('POST', '/v1/files', { as: 'trainer', body, headers });
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

const as = 'trainer';

describe('/v1/files', () => {
  it('keeps what was uploaded, for its owner, until it is removed', async () => {
    await using machine = await openTrainingMachine();
    await using setting = await open(machine);
    const { app } = setting;
    const uploaded = (await setting.upload(jsonl)).json();
    expect(uploaded).toMatchObject({ object: 'file', purpose: 'fine-tune', id: expect.stringMatching(/^file-\w+$/) });
    const path = `/v1/files/${uploaded.id}`;
    expect((await app.call('GET', path, { as })).json()).toEqual(uploaded);
    expect((await app.call('GET', '/v1/files', { as })).json()).toMatchObject({ data: [uploaded] });
    const { body } = await app.call('GET', `${path}/content`, { as });
    expect(body.trim()).toBe(jsonl);
    expect(uploaded.bytes).toBe(Buffer.byteLength(body));
    expect((await app.call('DELETE', path, { as })).json()).toEqual({ id: uploaded.id, object: 'file', deleted: true });
    expect((await app.call('GET', path, { as })).statusCode).toBe(404);
  });

  it.each([
    ['a line that is no example', { content: '{"messages": []}', purpose: 'fine-tune', param: 'line 1.messages' }],
    ['another purpose', { content: jsonl, purpose: 'assistants', param: 'purpose' }],
  ])('refuses %s', async (_what, { content, purpose, param }) => {
    await using machine = await openTrainingMachine();
    await using setting = await open(machine);
    const reply = await setting.upload(content, purpose);
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
  });

  it('is for keys that may train, and shows nobody what is somebody else’s', async () => {
    await using machine = await openTrainingMachine();
    await using setting = await open(machine);
    expect((await setting.app.call('GET', '/v1/files', { as: 'ingester' })).statusCode).toBe(403);
    const { id } = (await setting.upload(jsonl)).json();
    expect((await setting.app.call('GET', `/v1/files/${id}`, { as: 'otherTrainer' })).statusCode).toBe(404);
    expect((await setting.app.call('GET', '/v1/files', { as: 'otherTrainer' })).json()).toMatchObject({ data: [] });
  });
});

describe('/v1/fine_tuning/jobs', () => {
  it('trains with a file, tells how far it is, and ends with a model', async () => {
    await using machine = await openTrainingMachine();
    await using setting = await open(machine);
    const { app } = setting;
    const { id: file } = (await setting.upload(jsonl)).json();
    const hyperparameters = { n_epochs: 2, lora_rank: 4 };
    const job = {
      model: 'nano',
      training_file: file,
      seed: 5,
      method: { type: 'supervised', supervised: { hyperparameters } },
    };
    const created = await app.call('POST', '/v1/fine_tuning/jobs', { as, body: job });
    expect(created.json()).toMatchObject({
      object: 'fine_tuning.job',
      model: 'nano',
      seed: 5,
      hyperparameters: { n_epochs: 2 },
    });
    const path = `/v1/fine_tuning/jobs/${created.json().id}`;
    await eventually(async () => {
      expect((await app.call('GET', path, { as })).json()).toMatchObject({
        status: 'succeeded',
        fine_tuned_model: 'nano',
      });
    });
    const events = (await app.call('GET', `${path}/events`, { as })).json();
    expect(events).toMatchObject({ object: 'list', has_more: false });
    expect(events.data.at(-1)).toMatchObject({ type: 'message', message: expect.stringContaining('Created') });
    const listed = (await app.call('GET', '/v1/fine_tuning/jobs?limit=1', { as })).json();
    expect(listed).toMatchObject({ data: [{ status: 'succeeded' }], has_more: false });
  });

  it('stops one, once', async () => {
    const { opened, open: release } = gate();
    await using machine = await openTrainingMachine();
    await using setting = await open(machine, {
      beforeStep: (_step, _run, { signal }) => unlessAborted(opened, signal),
    });
    const { app } = setting;
    const { id: file } = (await setting.upload(jsonl)).json();
    const { id } = (
      await app.call('POST', '/v1/fine_tuning/jobs', { as, body: { model: 'nano', training_file: file } })
    ).json();
    const cancelled = await app.call('POST', `/v1/fine_tuning/jobs/${id}/cancel`, { as });
    expect(cancelled.json()).toMatchObject({ status: 'cancelled', finished_at: expect.any(Number) });
    const again = await app.call('POST', `/v1/fine_tuning/jobs/${id}/cancel`, { as });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ error: { code: 'conflict' } });
    release();
  });

  it.each([
    ['a file that is not there', { model: 'nano', training_file: 'file-0' }, 404],
    ['a model that is not there', { model: 'nobody' }, 404],
    ['no model', {}, 400],
    ['what is held out', { model: 'nano', validation_file: 'file-0' }, 400],
    ['a size of steps in examples', { model: 'nano', hyperparameters: { batch_size: 4 } }, 400],
    ['a method that is not done', { model: 'nano', method: { type: 'dpo' } }, 400],
  ])('refuses %s', async (_what, change, status) => {
    await using machine = await openTrainingMachine();
    await using setting = await open(machine);
    const { id: file } = (await setting.upload(jsonl)).json();
    const body = { training_file: file, ...change };
    const reply = await setting.app.call('POST', '/v1/fine_tuning/jobs', { as, body });
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  it('knows no jobs that are not there', async () => {
    await using machine = await openTrainingMachine();
    await using setting = await open(machine);
    for (const path of ['job_0', 'job_0/events']) {
      expect((await setting.app.call('GET', `/v1/fine_tuning/jobs/${path}`, { as })).statusCode).toBe(404);
    }
  });
});
