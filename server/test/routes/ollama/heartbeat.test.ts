import { afterEach, describe, expect, it } from 'vitest';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';

afterEach(closeOllamaApps);

describe('what clients ask first', () => {
  it('is the version of Ollama', async () => {
    const { app } = await openOllamaApp();
    const reply = await app.inject('/api/version');
    expect([reply.statusCode, reply.body]).toEqual([200, '{"version":"0.33.0"}']);
    expect((await app.inject({ method: 'HEAD', url: '/api/version' })).statusCode).toBe(200);
  });

  it('is whether models run elsewhere', async () => {
    const { app } = await openOllamaApp();
    const reply = await app.inject({ url: '/api/status', headers: { authorization: 'Bearer ana' } });
    expect(reply.json()).toEqual({ cloud: { disabled: true, source: 'config' } });
    expect((await app.inject('/api/status')).statusCode).toBe(401);
  });

  it.each(['GET', 'DELETE'] as const)('is not the rest with %s', async (method) => {
    const { app } = await openOllamaApp();
    const reply = await app.inject({ method, url: '/api/generate' });
    expect([reply.statusCode, reply.body]).toEqual([405, '405 method not allowed']);
  });
});
