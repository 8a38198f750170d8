import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAuthApp, presetKey, type AuthApp } from '../support/auth-app.ts';

let opened: AuthApp;
beforeAll(async () => {
  opened = await openAuthApp();
});
afterAll(() => opened[Symbol.asyncDispose]());

const check = (options: Parameters<AuthApp['call']>[2] = {}) => opened.call('GET', '/auth/check', options);

describe('GET /auth/check', () => {
  it('says yes to every kind of token, with an empty reply', async () => {
    const { access } = await opened.member('ana');
    for (const token of [access, presetKey]) expect(await check({ token })).toMatchObject({ status: 204, body: {} });
  });

  it('takes the key where clients of Anthropic send it', async () => {
    expect((await check({ headers: { 'x-api-key': presetKey } })).status).toBe(204);
    expect((await check({ headers: { 'x-api-key': 'wrong' } })).status).toBe(401);
  });

  it('says no to no token and to a wrong one', async () => {
    for (const options of [{}, { token: 'wrong' }]) {
      const { status, headers, body } = await check(options);
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(body['code']).toBe('unauthenticated');
    }
  });

  it('counts against no quota, and takes a key that may speak one dialect only', async () => {
    const { access } = await opened.member('bia');
    const created = await opened.call('POST', '/auth/keys', {
      token: access,
      body: { name: 'one', scopes: ['ask'], dialects: ['ollama'], requests_per_minute: 1 },
    });
    const token = created.body['key'] as string;
    for (let round = 0; round < 3; round += 1) expect((await check({ token })).status).toBe(204);
  });

  it('tells in the header, which is all that a proxy sees, that a token has expired', async () => {
    const { access } = await opened.member('caio');
    opened.passTime(16 * 60_000);
    const { status, headers } = await check({ token: access });
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer error="invalid_token", error_description="token_expired"');
  });
});
