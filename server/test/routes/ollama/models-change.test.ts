import { describe, expect, it } from 'vitest';
import { ggufBytes } from '../../support/gguf-bytes.ts';
import { sends } from '../../support/flaky-server.ts';
import { openModelApp } from '../../support/model-app.ts';
import { linesOf } from '../../support/ollama-app.ts';

const hub = sends({ bytes: ggufBytes({ metadata: { 'general.architecture': 'llama' } }), entityTag: '"v1"' });
const reference = 'hf:owner/repository/model.gguf';

describe('POST /api/copy', () => {
  it('gives a model another name', async () => {
    await using app = await openModelApp();
    const reply = await app.post('/api/copy', { source: 'nano', destination: 'mario' });
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect(await app.machine.personas.find('mario')).toMatchObject({ base: 'nano' });
  });

  it('is refused in the words of Ollama', async () => {
    await using app = await openModelApp();
    const refused: readonly [unknown, number, string][] = [
      ['', 400, 'missing request body'],
      [{}, 400, 'source "" is invalid'],
      [{ source: 'a//b', destination: 'x' }, 400, 'source "a//b" is invalid'],
      [{ source: '../nano', destination: 'x' }, 400, 'source "../nano" is invalid'],
      [{ source: 'nano' }, 400, 'destination "" is invalid'],
      [{ source: 'nano', destination: '../x' }, 400, 'destination "../x" is invalid'],
      [{ source: 'nope', destination: 'x' }, 404, 'model "nope" not found'],
      [{ source: 'llama3.2:1b', destination: 'x' }, 404, 'model "llama3.2:1b" not found'],
      [{ source: 'nano', destination: `sha256:${'0'.repeat(64)}` }, 400, 'invalid model name'],
    ];
    for (const [body, status, error] of refused) {
      const reply = await app.post('/api/copy', body);
      expect([reply.statusCode, reply.json()], error).toEqual([status, { error }]);
    }
    expect(await app.machine.personaStore.list()).toEqual([]);
  });
});

describe('DELETE /api/delete', () => {
  const remove = (app: Awaited<ReturnType<typeof openModelApp>>, body: unknown) =>
    app.call('DELETE', '/api/delete', { body });

  it('removes a persona', async () => {
    await using app = await openModelApp();
    await app.post('/api/copy', { source: 'nano', destination: 'mario' });
    const reply = await remove(app, { model: 'Mario' });
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect(await app.machine.personas.find('mario')).toBeUndefined();
  });

  it('removes the file of a model that nobody needs, and that is let go first', async () => {
    await using app = await openModelApp({ hub, loaded: [{ model: reference }] });
    await app.post('/api/create', { model: 'mine', from: reference });
    const needed = await remove(app, { name: reference });
    expect(needed.statusCode).toBe(409);
    expect(needed.json()).toEqual({ error: `"${reference}" is what mine:latest is made from: remove that first` });
    await remove(app, { name: 'mine' });
    expect(await app.machine.files.isInstalled(reference)).toBe(true);
    expect((await remove(app, { name: reference })).statusCode).toBe(200);
    expect(app.unloaded).toEqual([reference]);
    expect(await app.machine.files.isInstalled(reference)).toBe(false);
  });

  it('removes no model that answers, is in the settings, or came with the installation', async () => {
    await using busy = await openModelApp({ hub, loaded: [{ model: reference, busy: 1 }] });
    await busy.post('/api/pull', { model: reference });
    expect((await remove(busy, { name: reference })).statusCode).toBe(409);
    expect(await busy.machine.files.isInstalled(reference)).toBe(true);
    await using configured = await openModelApp({ language: reference, hub });
    await configured.post('/api/pull', { model: reference });
    expect((await remove(configured, { name: reference })).statusCode).toBe(409);
    expect((await remove(configured, { name: 'nano' })).statusCode).toBe(403);
    expect((await remove(configured, { name: 'billumy' })).statusCode).toBe(403);
    expect(await configured.machine.personas.find('billumy')).toBeDefined();
  });

  it('is refused in the words of Ollama', async () => {
    await using app = await openModelApp();
    const digest = await app.machine.uploadModel();
    const refused: readonly [unknown, number, string][] = [
      ['', 400, 'missing request body'],
      [{}, 400, 'model is required'],
      [{ model: 'a//b' }, 400, 'name "a//b" is invalid'],
      [{ model: '../../etc' }, 400, 'name "../../etc" is invalid'],
      [{ name: 'nope' }, 404, "model 'nope' not found"],
      [{ model: 'llama3.2:1b' }, 404, "model 'llama3.2:1b' not found"],
    ];
    for (const [body, status, error] of refused) {
      const reply = await remove(app, body);
      expect([reply.statusCode, reply.json()], error).toEqual([status, { error }]);
    }
    expect((await remove(app, { model: digest })).statusCode).toBe(404);
    expect(await app.machine.blobs.has(digest)).toBe(true);
  });
});

describe('POST /api/pull', () => {
  it('downloads a model, telling how far it is', async () => {
    await using app = await openModelApp({ hub });
    const steps = linesOf(await app.post('/api/pull', { model: reference }));
    expect(steps[0]).toEqual({ status: 'pulling manifest' });
    expect(steps.slice(-4)).toEqual([
      { status: `pulling ${reference}` },
      { status: 'verifying sha256 digest' },
      { status: 'writing manifest' },
      { status: 'success' },
    ]);
    expect(await app.machine.files.isInstalled(reference)).toBe(true);
    const again = await app.post('/api/pull', { name: reference, stream: false });
    expect(again.body).toBe('{"status":"success"}');
  });

  it('brings the model under a persona', async () => {
    await using app = await openModelApp();
    for (const model of ['billumy', 'nano']) {
      expect(linesOf(await app.post('/api/pull', { model })).at(-1), model).toEqual({ status: 'success' });
    }
  });

  it('says what cannot be downloaded', async () => {
    await using app = await openModelApp();
    const unknown = { error: 'pull model manifest: file does not exist' };
    expect(linesOf(await app.post('/api/pull', { model: 'nope' }))).toEqual([{ status: 'pulling manifest' }, unknown]);
    const whole = await app.post('/api/pull', { model: 'nope', stream: false });
    expect([whole.statusCode, whole.json()]).toEqual([500, unknown]);
    for (const model of ['models/nano.gguf', `sha256:${'0'.repeat(64)}`]) {
      expect((await app.post('/api/pull', { model })).json()).toMatchObject({
        error: expect.stringContaining('model'),
      });
    }
    const lines = linesOf(await app.post('/api/pull', { model: 'llama3.2:1b' }));
    expect(lines.at(-1)).toEqual({ error: expect.stringContaining('404') });
  });

  it('is refused in the words of Ollama', async () => {
    await using app = await openModelApp();
    for (const [body, error] of [
      ['', 'missing request body'],
      [{}, 'invalid model name'],
      [{ model: 'a//b' }, 'invalid model name'],
      [{ model: '../x' }, 'invalid model name'],
    ] as const) {
      const reply = await app.post('/api/pull', body);
      expect([reply.statusCode, reply.json()]).toEqual([400, { error }]);
    }
  });
});

describe('POST /api/push', () => {
  it('says that there is no registry', async () => {
    await using app = await openModelApp();
    const empty = await app.post('/api/push', {});
    expect([empty.statusCode, empty.json()]).toEqual([400, { error: 'model is required' }]);
    const reply = await app.post('/api/push', { model: 'nano' });
    expect(reply.statusCode).toBe(501);
    expect(reply.json()).toEqual({ error: expect.stringContaining('/api/create') });
  });
});
