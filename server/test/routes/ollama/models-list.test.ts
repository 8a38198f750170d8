import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { samplePersona } from '../../support/sample-persona.ts';
import { openModelApp } from '../../support/model-app.ts';

type Body = { models: Record<string, unknown>[] };

const nanoDetails = {
  parent_model: '',
  format: 'gguf',
  family: 'llama',
  families: ['llama'],
  parameter_size: '3.61M',
  quantization_level: 'F16',
};

describe('GET /api/tags', () => {
  it('lists what is here, changed last first', async () => {
    await using app = await openModelApp();
    await app.machine.personaStore.save(
      samplePersona('mario:latest', { base: 'nano', system: 'Mario', updatedAt: new Date('2100-01-01') }),
    );
    const reply = await app.call('GET', '/api/tags', { as: 'ana' });
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    const { models } = reply.json<Body>();
    expect(models.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['mario:latest', 'nano:latest', 'billumy:latest', 'billumy:documents']),
    );
    expect(models).toHaveLength(4);
    const file = await readFile('models/nano/nano.gguf');
    const details = { ...nanoDetails, context_length: 2048, embedding_length: 192 };
    expect(models[0]).toEqual({
      name: 'mario:latest',
      model: 'mario:latest',
      modified_at: '2100-01-01T00:00:00.000Z',
      size: file.length,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      details: { ...details, parent_model: 'nano' },
      capabilities: ['completion'],
    });
    expect(models.find(({ name }) => name === 'nano:latest')).toEqual({
      name: 'nano:latest',
      model: 'nano:latest',
      modified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      size: file.length,
      digest: createHash('sha256').update(file).digest('hex'),
      details,
      capabilities: ['completion'],
    });
    expect((await app.call('HEAD', '/api/tags', { as: 'ana' })).statusCode).toBe(200);
  });

  it('gives personas that say the same the same digest', async () => {
    await using app = await openModelApp();
    await app.post('/api/create', { model: 'a', from: 'nano', parameters: { top_k: 1, seed: 2 } });
    await app.post('/api/create', { model: 'b', from: 'nano', parameters: { seed: 2, top_k: 1 } });
    await app.post('/api/create', { model: 'c', from: 'nano', parameters: { seed: 3, top_k: 1 } });
    const { models } = (await app.call('GET', '/api/tags')).json<Body>();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => models.find((one) => one['name'] === `${name}:latest`)?.['digest']);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('lists a persona in the place of the model that it is called like', async () => {
    await using app = await openModelApp();
    await app.post('/api/create', { model: 'Nano', from: 'nano', system: 'x' });
    const { models } = (await app.call('GET', '/api/tags')).json<Body>();
    const names = models.map((one) => String(one['name'])).filter((name) => /nano/i.test(name));
    expect(names).toEqual(['Nano:latest']);
  });

  it('lists what a key may use, and nothing else', async () => {
    await using app = await openModelApp();
    await app.post('/api/create', { model: 'mario', from: 'nano' });
    const { models } = (await app.call('GET', '/api/tags', { as: 'limited' })).json<Body>();
    expect(models.map(({ name }) => name)).toEqual(['mario:latest']);
    expect((await app.call('GET', '/api/tags', { as: 'ingester' })).statusCode).toBe(403);
    expect((await app.call('GET', '/api/tags', { as: 'nobody' })).statusCode).toBe(401);
  });

  it('lists personas whose model is not here, and those over uploaded files', async () => {
    await using app = await openModelApp({ language: 'llama3.2:1b' });
    await app.machine.personaStore.save(samplePersona('far:latest', { base: 'llama3.1:8b' }));
    const own = await app.machine.uploadModel();
    const adapter = await app.machine.uploadModel({ 'general.type': 'adapter' });
    await app.post('/api/create', { model: 'own', files: { 'a.gguf': own }, adapters: { 'b.gguf': adapter } });
    const { models } = (await app.call('GET', '/api/tags')).json<Body>();
    expect(models).toContainEqual(
      expect.objectContaining({
        name: 'far:latest',
        size: 0,
        capabilities: [],
        modified_at: '1970-01-01T00:00:02.000Z',
      }),
    );
    const { bytes: modelBytes } = await app.machine.files.describe(own);
    const { bytes: adapterBytes } = await app.machine.files.describe(adapter);
    expect(models).toContainEqual(
      expect.objectContaining({
        name: 'own:latest',
        size: modelBytes + adapterBytes,
        details: { ...nanoDetails, parent_model: own, parameter_size: '8', quantization_level: 'unknown' },
      }),
    );
  });

  it('tells no paths', async () => {
    await using app = await openModelApp({ language: 'models/nano/nano.gguf' });
    for (const url of ['/api/tags', '/api/ps']) expect((await app.call('GET', url)).body).not.toContain('nano.gguf');
    expect((await app.post('/api/show', { model: 'billumy' })).body).not.toContain('nano.gguf');
  });
});

describe('GET /api/ps', () => {
  it('shows a model once, also while it is loaded with and without what training put in force', async () => {
    const adapter = `sha256:${'cd'.repeat(32)}`;
    await using app = await openModelApp({
      loaded: [
        { model: 'nano', bytes: 5000, contextTokens: 2048, expiresAt: new Date('2030-01-01T00:00:00Z') },
        { model: 'nano', adapter, bytes: 6000, contextTokens: 2048, expiresAt: null },
      ],
    });
    const { models } = (await app.call('GET', '/api/ps', { as: 'ana' })).json<Body>();
    expect(models).toMatchObject([
      { name: 'nano:latest', size: 6000, expires_at: '2318-01-01T00:00:00.000Z', context_length: 2048 },
    ]);
  });

  it('lists what is loaded, longest first', async () => {
    const soon = new Date('2030-01-01T00:00:00Z');
    const adapter = `sha256:${'ab'.repeat(32)}`;
    await using app = await openModelApp({
      loaded: [
        { model: 'nano', bytes: 5000, contextTokens: 2048, expiresAt: soon },
        { model: 'nano', adapter, expiresAt: null },
        { model: 'gone' },
      ],
    });
    await app.machine.personaStore.save(samplePersona('tuned:latest', { base: 'nano', adapter }));
    const { models } = (await app.call('GET', '/api/ps', { as: 'ana' })).json<Body>();
    expect(models).toMatchObject([
      { name: 'tuned:latest', size: 0, expires_at: '2318-01-01T00:00:00.000Z', context_length: 0 },
      { name: 'nano:latest', size: 5000, expires_at: '2030-01-01T00:00:00.000Z', context_length: 2048 },
    ]);
    expect(models[1]).toEqual({
      name: 'nano:latest',
      model: 'nano:latest',
      size: 5000,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      details: nanoDetails,
      expires_at: '2030-01-01T00:00:00.000Z',
      size_vram: 0,
      context_length: 2048,
    });
    expect((await app.call('GET', '/api/ps', { as: 'limited' })).json()).toEqual({ models: [] });
  });
});
