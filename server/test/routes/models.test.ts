import { describe, expect, it } from 'vitest';
import { modelListSchema, type Model } from '@billumy/protocol';
import { eventually } from '../support/eventually.ts';
import { answers, sends, stallsAfter, type Behaviour } from '../support/flaky-server.ts';
import { ggufBytes } from '../support/gguf-bytes.ts';
import { openModelApp } from '../support/model-app.ts';

type ModelApp = Awaited<ReturnType<typeof openModelApp>>;

const file = { bytes: ggufBytes({ metadata: { 'general.architecture': 'llama' } }), entityTag: '"v1"' };
const reference = 'hf:owner/repository/model.gguf';
const addressOf = (name: string): string => `/models/${encodeURIComponent(name)}`;

async function find(app: ModelApp, name: string): Promise<Model | undefined> {
  const { models } = modelListSchema.parse((await app.call('GET', '/models')).json());
  return models.find((model) => model.name === name);
}

describe('GET /models', () => {
  it('shows the models of the settings, of the catalogue and under personas, and what is loaded', async () => {
    const loaded = { adapter: null, busy: 1, waiting: 2, bytes: 5, contextTokens: 512, expiresAt: new Date(0) };
    await using app = await openModelApp({ loaded: [{ model: 'nano', ...loaded }] });
    await app.post('/api/copy', { source: 'nano', destination: 'mario' });
    const digest = await app.machine.uploadModel();
    await app.post('/api/create', { model: 'mine', files: { 'a.gguf': digest } });
    expect(await find(app, 'nano')).toMatchObject({
      kind: 'language',
      configured: true,
      installed: true,
      personas: ['mario:latest'],
      loaded: [
        { adapter: null, bytes: 5, context_tokens: 512, busy: 1, waiting: 2, expires_at: '1970-01-01T00:00:00.000Z' },
      ],
      download: null,
    });
    expect(await find(app, digest)).toMatchObject({ configured: false, installed: true, personas: ['mine:latest'] });
    expect(await find(app, 'llama3.2:1b')).toMatchObject({
      configured: false,
      installed: false,
      bytes: expect.any(Number),
      licence: expect.any(String),
      description: { pt: expect.any(String), en: expect.any(String) },
      loaded: [],
    });
  });

  it('is for administrators, as is everything under it', async () => {
    await using app = await openModelApp();
    expect((await app.call('GET', '/models', { as: 'ana' })).statusCode).toBe(403);
    for (const change of ['download', 'cancel', 'load', 'unload']) {
      expect((await app.call('POST', `/models/nano/${change}`, { as: 'ana' })).statusCode, change).toBe(403);
    }
    expect((await app.call('DELETE', '/models/nano', { as: 'ana' })).statusCode).toBe(403);
  });
});

describe('downloads of models', () => {
  it('go on by themselves until the model is here', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const hub: Behaviour = (request, response) => void released.then(() => sends(file)(request, response));
    await using app = await openModelApp({ hub });
    const begun = await app.call('POST', `${addressOf(reference)}/download`);
    expect(begun.statusCode).toBe(202);
    expect(begun.json()).toMatchObject({
      name: reference,
      installed: false,
      download: { state: 'running', error: null },
    });
    release();
    await eventually(async () => expect(await app.machine.files.isInstalled(reference)).toBe(true));
    expect(app.deeds).toMatchObject([{ action: 'model.download', subject: reference, outcome: 'ok' }]);
    for (const name of [reference, 'nano']) {
      const again = await app.call('POST', `${addressOf(name)}/download`);
      expect(again.json()).toMatchObject({ name, installed: true, download: null });
    }
  });

  it('are stopped, once, and what came is kept', async () => {
    await using app = await openModelApp({ hub: stallsAfter(10, file) });
    await app.call('POST', `${addressOf(reference)}/download`);
    await eventually(async () => expect((await find(app, reference))?.download).toMatchObject({ bytes_done: 10 }));
    const again = await app.call('POST', `${addressOf(reference)}/download`);
    expect(again.json()).toMatchObject({ download: { state: 'running' } });
    expect((await app.call('POST', `${addressOf(reference)}/cancel`)).statusCode).toBe(200);
    expect(app.machine.files.downloads()).toEqual([]);
    expect((await app.call('POST', '/models/nano/cancel')).statusCode).toBe(409);
  });

  it('tell why they failed, and may be tried again', async () => {
    let hub = answers(404);
    await using app = await openModelApp({ hub: (request, response) => hub(request, response) });
    await app.call('POST', `${addressOf(reference)}/download`);
    await eventually(async () => {
      expect((await find(app, reference))?.download).toMatchObject({ state: 'failed', error: expect.any(String) });
    });
    hub = stallsAfter(10, file);
    const again = await app.call('POST', `${addressOf(reference)}/download`);
    expect(again.json()).toMatchObject({ download: { state: 'running', error: null } });
  });

  it('tell that they are switched off', async () => {
    await using app = await openModelApp({ offline: true });
    await app.call('POST', '/models/llama3.2:1b/download');
    await eventually(async () => {
      expect((await find(app, 'llama3.2:1b'))?.download).toMatchObject({
        state: 'failed',
        error: 'Downloads are switched off by OFFLINE.',
      });
    });
  });

  it('are refused for what is no model, and for paths', async () => {
    await using app = await openModelApp();
    for (const name of ['nope', '/etc/passwd', '../x.gguf', `sha256:${'0'.repeat(64)}`]) {
      const reply = await app.call('POST', `${addressOf(name)}/download`);
      expect([reply.statusCode, reply.json<{ code: string }>().code], name).toEqual([404, 'model_unknown']);
    }
  });
});

describe('models in memory', () => {
  it('are loaded and unloaded', async () => {
    await using app = await openModelApp();
    expect((await app.call('POST', '/models/nano/load')).json()).toMatchObject({ name: 'nano' });
    expect((await app.call('POST', '/models/nano:latest/unload')).statusCode).toBe(200);
    expect([app.loads, app.unloaded]).toEqual([['nano'], ['nano']]);
    expect((await app.call('POST', '/models/nope/load')).statusCode).toBe(404);
  });
});

describe('DELETE /models/{name}', () => {
  it('removes a persona, or the file of a model that nobody needs', async () => {
    await using app = await openModelApp({ hub: sends(file) });
    await app.post('/api/create', { model: 'mine', from: reference });
    expect((await app.call('DELETE', addressOf(reference))).statusCode).toBe(409);
    expect((await app.call('DELETE', '/models/mine')).statusCode).toBe(204);
    expect((await app.call('DELETE', addressOf(reference))).statusCode).toBe(204);
    expect(await app.machine.files.isInstalled(reference)).toBe(false);
    expect((await app.call('DELETE', '/models/nano')).statusCode).toBe(409);
    const noted = app.deeds.filter(({ action }) => action === 'model.delete');
    expect(noted.map(({ subject, outcome }) => [subject, outcome])).toEqual([
      ['mine', 'ok'],
      [reference, 'ok'],
    ]);
  });
});
