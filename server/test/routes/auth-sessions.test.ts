import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminPassword, memberPassword, openAuthApp, presetKey, problemOf, type AuthApp } from '../support/auth-app.ts';

let opened: AuthApp;
let made = 0;
const newName = (): string => `pessoa${(made += 1)}`;
beforeAll(async () => {
  opened = await openAuthApp();
});
afterAll(() => opened[Symbol.asyncDispose]());

const refresh = (token: string) => opened.call('POST', '/auth/refresh', { body: { refresh_token: token } });
const me = async (token: string): Promise<number> => (await opened.call('GET', '/auth/me', { token })).status;
const dayMs = 24 * 60 * 60 * 1000;

describe('POST /auth/refresh', () => {
  it('gives a new pair that works, each refresh token once', async () => {
    const { refresh: first } = await opened.member(newName());
    const second = await refresh(first);
    expect(second.status).toBe(200);
    expect(second.headers['cache-control']).toBe('no-store');
    expect(second.body['refresh_token']).not.toBe(first);
    expect(await me(second.body['access_token'] as string)).toBe(200);
    expect((await refresh(second.body['refresh_token'] as string)).status).toBe(200);
  });

  it('ends the whole login when a used token comes back', async () => {
    const { access, refresh: first } = await opened.member(newName());
    const second = await refresh(first);
    const reused = await refresh(first);
    expect(reused.status).toBe(401);
    expect(reused.body['code']).toBe('refresh_token_reused');
    expect((await refresh(second.body['refresh_token'] as string)).body['code']).toBe('unauthenticated');
    expect(await me(access)).toBe(401);
    expect(await me(second.body['access_token'] as string)).toBe(401);
  });

  it('leaves the other logins of the user when one is ended', async () => {
    const name = newName();
    const stolen = await opened.member(name);
    const other = await opened.login(name, memberPassword);
    await refresh(stolen.refresh);
    await refresh(stolen.refresh);
    expect(await me(other.access)).toBe(200);
    expect((await refresh(other.refresh)).status).toBe(200);
  });

  it('lets one of 50 uses at once succeed, and then ends the login', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { access, refresh: token } = await opened.member(newName());
      const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(token)));
      const successes = replies.filter(({ status }) => status === 200);
      expect(successes).toHaveLength(1);
      expect(replies.filter(({ status }) => status === 401)).toHaveLength(49);
      expect((await refresh(successes[0]!.body['refresh_token'] as string)).status).toBe(401);
      expect(await me(access)).toBe(401);
      expect(await me(successes[0]!.body['access_token'] as string)).toBe(401);
    }
  });

  it('ends 30 days after the password was given, however often it was refreshed', async () => {
    let { refresh: token } = await opened.member(newName());
    for (let days = 0; days < 29; days += 1) {
      opened.passTime(dayMs);
      token = (await refresh(token)).body['refresh_token'] as string;
    }
    opened.passTime(dayMs);
    expect((await refresh(token)).body['code']).toBe('unauthenticated');
  });

  it('refuses what is no refresh token', async () => {
    const { access } = await opened.member(newName());
    for (const token of ['x', access, presetKey, 'bilr_', `bilr_${'A'.repeat(43)}`, '💥']) {
      expect((await refresh(token)).status, token).toBe(401);
    }
    expect((await opened.call('POST', '/auth/refresh', { body: { refresh_token: '' } })).status).toBe(400);
    expect((await opened.call('POST', '/auth/refresh', { body: {} })).status).toBe(400);
    expect((await refresh('x'.repeat(10_000))).status).toBe(400);
  });

  it('is refused to a user who was disabled or deleted', async () => {
    const [disabled, deleted] = [await opened.member(newName()), await opened.member(newName())];
    const { access: admin } = await opened.login('admin', adminPassword);
    await opened.call('PATCH', `/auth/users/${disabled.id}`, { token: admin, body: { disabled: true } });
    await opened.call('DELETE', `/auth/users/${deleted.id}`, { token: admin });
    for (const user of [disabled, deleted]) {
      expect(await me(user.access)).toBe(401);
      expect((await refresh(user.refresh)).status).toBe(401);
    }
    await opened.call('PATCH', `/auth/users/${disabled.id}`, { token: admin, body: { disabled: false } });
    expect(await me(disabled.access)).toBe(401);
    expect((await refresh(disabled.refresh)).status).toBe(401);
  });

  it('is refused to a disabled user, also when only the account says so', async () => {
    const { id, access, refresh: token } = await opened.member(newName());
    await opened.stores.users.update(id, { disabled: true });
    expect(await me(access)).toBe(401);
    expect((await refresh(token)).status).toBe(401);
  });

  it('stays refused to a user who was disabled for a while', async () => {
    const { id, access, refresh: token } = await opened.member(newName());
    const { access: admin } = await opened.login('admin', adminPassword);
    for (const disabled of [true, false]) {
      await opened.call('PATCH', `/auth/users/${id}`, { token: admin, body: { disabled } });
    }
    expect(await me(access)).toBe(401);
    expect((await refresh(token)).status).toBe(401);
  });

  it('forgets tokens whose login is long over', async () => {
    const name = newName();
    const { id, refresh: old } = await opened.member(name);
    opened.passTime(31 * dayMs);
    await opened.login(name, memberPassword);
    const hash = createHash('sha256').update(old).digest('hex');
    expect(await opened.stores.refreshTokens.find(hash)).toBeUndefined();
    expect(await opened.stores.users.find(id)).toBeDefined();
  });
});

describe('POST /auth/logout', () => {
  it('ends this login at once, and no other', async () => {
    const name = newName();
    const first = await opened.member(name);
    const second = await opened.login(name, memberPassword);
    expect(await me(first.access)).toBe(200);
    expect((await opened.call('POST', '/auth/logout', { token: first.access })).status).toBe(204);
    expect(await me(first.access)).toBe(401);
    expect((await refresh(first.refresh)).status).toBe(401);
    expect(await me(second.access)).toBe(200);
  });

  it('says the same twice as for a token that never was', async () => {
    const { access } = await opened.member(newName());
    await opened.call('POST', '/auth/logout', { token: access });
    const again = await opened.call('POST', '/auth/logout', { token: access });
    expect(again.status).toBe(401);
    expect(problemOf(await opened.call('POST', '/auth/logout'))).toMatchObject({ status: 401 });
  });

  it('takes an empty body and no other, and no key', async () => {
    const { access } = await opened.member(newName());
    expect((await opened.call('POST', '/auth/logout', { token: access, body: { all: true } })).status).toBe(400);
    expect((await opened.call('POST', '/auth/logout', { token: presetKey })).status).toBe(403);
    expect((await opened.call('POST', '/auth/logout', { token: access, body: {} })).status).toBe(204);
  });
});

describe('GET /auth/me', () => {
  it('says what a member may do', async () => {
    const name = newName();
    const { id, access } = await opened.member(name);
    expect((await opened.call('GET', '/auth/me', { token: access })).body).toEqual({
      user_id: id,
      username: name,
      role: 'member',
      groups: [],
      scopes: ['ask', 'ingest'],
      key_id: null,
      collections: null,
      models: null,
      dialects: null,
      requests_per_minute: null,
      tokens_per_day: null,
    });
  });

  it('knows the preset key, which may ask and nothing else', async () => {
    const { body } = await opened.call('GET', '/auth/me', { token: presetKey });
    expect(body).toMatchObject({ key_id: 'preset', role: 'member', scopes: ['ask'] });
    expect((await opened.call('GET', '/auth/users', { token: presetKey })).status).toBe(403);
    expect(await me(`${presetKey}x`)).toBe(401);
  });

  it('tells an expired token from an invalid one', async () => {
    const { access } = await opened.member(newName());
    expect(await me(access)).toBe(200);
    opened.passTime(15 * 60 * 1000 + 5001);
    const expired = await opened.call('GET', '/auth/me', { token: access });
    expect(expired.status).toBe(401);
    expect(expired.body['code']).toBe('token_expired');
  });

  it('sees a change of groups and role in the same login, at once', async () => {
    const { id, access } = await opened.member(newName());
    await me(access);
    const { access: admin } = await opened.login('admin', adminPassword);
    const change = { role: 'admin', groups: ['vendas'] };
    await opened.call('PATCH', `/auth/users/${id}`, { token: admin, body: change });
    expect((await opened.call('GET', '/auth/me', { token: access })).body).toMatchObject(change);
  });
});
