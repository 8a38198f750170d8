import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from '../support/principals.ts';

let app: App | undefined;
afterEach(() => app?.close());

const addresses = ['/api/tags', '/v1/models', '/v1/messages', '/search'];

/** Routes of each dialect that say who asks; the key "k" belongs to `principal`. */
async function openApp({
  openLoopback = false,
  principal = ana,
}: { openLoopback?: boolean; principal?: Principal } = {}) {
  app = await buildApp({
    authenticate: async (authorization) => {
      if (authorization !== 'Bearer k') throw new AppError('unauthenticated');
      return principal;
    },
    openLoopback,
    logLevel: 'silent',
    routes: [
      (server) => {
        for (const address of addresses) {
          server.get(address, { config: { access: { scope: 'ask' } } }, async ({ principal: who }) => who.username);
        }
        server.delete('/api/delete', { config: { access: { scope: 'admin' } } }, async () => 'gone');
      },
    ],
  });
  return async (url: string, headers: Record<string, string> = {}, method: 'GET' | 'DELETE' = 'GET') => {
    const usual = { host: 'localhost:8000' };
    return (await app?.inject({ url, method, headers: { ...usual, ...headers } }))?.statusCode;
  };
}

const key = { authorization: 'Bearer k' };

describe('the dialects a key may speak', () => {
  it('are all of them, or those it names', async () => {
    const all = await openApp();
    for (const address of addresses) expect(await all(address, key), address).toBe(200);
    await app?.close();
    const some = await openApp({ principal: { ...ana, dialects: ['ollama', 'anthropic'] } });
    const statuses = await Promise.all(addresses.map((address) => some(address, key)));
    expect(statuses).toEqual([200, 403, 200, 403]);
  });

  it('takes the key from x-api-key where clients of Anthropic send it, and nowhere else', async () => {
    const call = await openApp();
    expect(await call('/v1/messages', { 'x-api-key': 'k' })).toBe(200);
    expect(await call('/v1/messages', { 'x-api-key': 'wrong' })).toBe(401);
    expect(await call('/v1/models', { 'x-api-key': 'k' })).toBe(401);
  });
});

describe('OPEN_LOOPBACK', () => {
  it('lets programs on this machine into the dialects without a key, and manage models', async () => {
    const call = await openApp({ openLoopback: true });
    expect(await call('/api/tags')).toBe(200);
    expect(await call('/v1/models')).toBe(200);
    expect(await call('/api/delete', {}, 'DELETE')).toBe(200);
    expect(await call('/search')).toBe(401);
  });

  it('is off by default', async () => {
    const call = await openApp();
    for (const address of addresses) expect(await call(address), address).toBe(401);
  });

  it('does not make a wrong key right', async () => {
    const call = await openApp({ openLoopback: true });
    expect(await call('/api/tags', { authorization: 'Bearer wrong' })).toBe(401);
  });

  it('keeps out what comes through a proxy, under a foreign name, or from a foreign page in a browser', async () => {
    const call = await openApp({ openLoopback: true });
    const strangers = [
      { host: 'evil.example' },
      { host: 'localhost.evil.example:8000' },
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=203.0.113.9' },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of strangers) expect(await call('/api/tags', headers), JSON.stringify(headers)).toBe(401);
    for (const headers of [{ origin: 'http://localhost:3000' }, { origin: 'http://127.0.0.1' }]) {
      expect(await call('/api/tags', headers), JSON.stringify(headers)).toBe(200);
    }
  });
});
