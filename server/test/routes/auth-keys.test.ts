import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import { adminPassword, memberPassword, openAuthApp, presetKey, problemOf, type AuthApp } from '../support/auth-app.ts';

let opened: AuthApp;
let made = 0;
const newName = (): string => `pessoa${(made += 1)}`;
let adminToken = '';
beforeAll(async () => {
  opened = await openAuthApp();
  adminToken = (await opened.login('admin', adminPassword)).access;
});
afterAll(() => opened[Symbol.asyncDispose]());

const create = (token: string, body: object = {}) =>
  opened.call('POST', '/auth/keys', { token, body: { name: 'página', scopes: ['ask'], ...body } });
const me = (token: string) => opened.call('GET', '/auth/me', { token });
async function newKey(token: string, body: object = {}): Promise<{ id: string; key: string }> {
  const reply = await create(token, body);
  expect(reply.status).toBe(201);
  return reply.body as { id: string; key: string };
}

describe('/auth/keys', () => {
  it('shows the key once, keeps only its hash, and lets it in', async () => {
    const username = newName();
    const { id: user, access } = await opened.member(username);
    const reply = await create(access);
    expect(reply.status).toBe(201);
    expect(reply.headers['cache-control']).toBe('no-store');
    const { key, ...shown } = reply.body as { key: string; id: string };
    expect(key).toMatch(new RegExp(`^bil_${shown.id}_[\\w-]{43}$`));
    expect(reply.headers['location']).toBe(`/auth/keys/${shown.id}`);
    expect(shown).toEqual({
      id: shown.id,
      user_id: user,
      username,
      name: 'página',
      scopes: ['ask'],
      collections: null,
      dialects: null,
      models: null,
      requests_per_minute: null,
      tokens_per_day: null,
      expires_at: null,
      last_used_at: null,
      created_at: opened.now().toISOString(),
    });
    expect((await opened.call('GET', `/auth/keys/${shown.id}`, { token: access })).body).toEqual(shown);
    const stored = JSON.stringify(await opened.stores.apiKeys.find(shown.id));
    expect(stored).not.toContain(key.slice(-43));
    expect((await me(key)).body).toMatchObject({ user_id: user, key_id: shown.id, scopes: ['ask'] });
  });

  it('carries its limits into every request', async () => {
    const limits = { collections: ['exemplos'], models: ['nano'], requests_per_minute: 60, tokens_per_day: 1000 };
    const { key } = await newKey(adminToken, { ...limits, scopes: ['ask', 'act_as', 'ask'] });
    expect((await me(key)).body).toMatchObject({ ...limits, scopes: ['ask', 'act_as'], role: 'admin' });
  });

  it('notes the last use, to the minute', async () => {
    const { access } = await opened.member(newName());
    const { id, key } = await newKey(access);
    const lastUse = async (): Promise<unknown> =>
      (await opened.call('GET', `/auth/keys/${id}`, { token: access })).body['last_used_at'];
    const touch = vi.spyOn(opened.stores.apiKeys, 'touch');
    await me(key);
    await expect.poll(lastUse).toBe(opened.now().toISOString());
    opened.passTime(59_000);
    await me(key);
    expect(touch).toHaveBeenCalledTimes(1);
    opened.passTime(1000 + 5000);
    await me(key);
    expect(touch).toHaveBeenCalledTimes(2);
    await expect.poll(lastUse).toBe(opened.now().toISOString());
    touch.mockRestore();
  });

  it('lets its owner in when the last use cannot be noted', async () => {
    const { access } = await opened.member(newName());
    const { key } = await newKey(access);
    const touch = vi.spyOn(opened.stores.apiKeys, 'touch').mockRejectedValue(new AppError('disk_full'));
    expect((await me(key)).status).toBe(200);
    expect(touch).toHaveBeenCalledTimes(1);
    touch.mockRestore();
  });

  it('ends when it is deleted, at once', async () => {
    const { access } = await opened.member(newName());
    const { id, key } = await newKey(access);
    expect((await me(key)).status).toBe(200);
    expect((await opened.call('DELETE', `/auth/keys/${id}`, { token: access })).status).toBe(204);
    expect((await me(key)).status).toBe(401);
    expect((await opened.call('DELETE', `/auth/keys/${id}`, { token: access })).status).toBe(404);
  });

  it('ends when it expires, also while it is in use', async () => {
    const expiry = new Date(opened.now().getTime() + 3000).toISOString();
    const { access } = await opened.member(newName());
    const { key } = await newKey(access, { expires_at: expiry });
    expect((await me(key)).status).toBe(200);
    opened.passTime(2999);
    expect((await me(key)).status).toBe(200);
    opened.passTime(1);
    const expired = await me(key);
    expect(expired.status).toBe(401);
    expect(expired.body['detail']).toBe('This API key has expired; make another one.');
  });

  it('ends with its user, and sleeps while they are disabled', async () => {
    const { id, access } = await opened.member(newName());
    const { key } = await newKey(access);
    const patch = (disabled: boolean) =>
      opened.call('PATCH', `/auth/users/${id}`, { token: adminToken, body: { disabled } });
    await me(key);
    await patch(true);
    expect((await me(key)).status).toBe(401);
    await patch(false);
    expect((await me(key)).status).toBe(200);
    await opened.call('DELETE', `/auth/users/${id}`, { token: adminToken });
    expect((await me(key)).status).toBe(401);
  });

  it('survives a new password', async () => {
    const { access } = await opened.member(newName());
    const { key } = await newKey(access);
    const body = { current_password: memberPassword, new_password: 'outra frase bem longa' };
    expect((await opened.call('POST', '/auth/password', { token: access, body })).status).toBe(200);
    expect((await me(key)).status).toBe(200);
  });

  it('has no scope that its maker lacks', async () => {
    const { access } = await opened.member(newName());
    for (const scope of ['train', 'insights', 'admin', 'act_as']) {
      const { status, body } = await create(access, { scopes: ['ask', scope] });
      expect(status, scope).toBe(403);
      expect(body['code']).toBe('scope_missing');
      expect(body['detail']).toContain(`"${scope}"`);
    }
    expect((await create(access, { scopes: ['ask', 'ingest'] })).status).toBe(201);
  });

  it('may be given by an administrator to a member, but not with the scope admin', async () => {
    const { id, access } = await opened.member(newName());
    const { id: keyId, key } = await newKey(adminToken, { user_id: id, scopes: ['train', 'insights'] });
    expect((await me(key)).body).toMatchObject({ user_id: id, role: 'member', scopes: ['train', 'insights'] });
    expect((await opened.call('GET', `/auth/keys/${keyId}`, { token: access })).status).toBe(200);
    expect((await create(adminToken, { user_id: id, scopes: ['admin'] })).status).toBe(403);
    expect((await create(adminToken, { user_id: 'usr_absent' })).status).toBe(404);
    expect((await create(access, { user_id: id })).status).toBe(201);
    const other = await opened.member(newName());
    expect((await create(access, { user_id: other.id })).status).toBe(403);
  });

  it('never administers for somebody who is no administrator, whatever is stored', async () => {
    const { id: userId, access } = await opened.member(newName());
    const { id, key } = await newKey(access);
    const stored = await opened.stores.apiKeys.find(id);
    await opened.stores.apiKeys.delete(id);
    await opened.stores.apiKeys.create({ ...stored!, userId, scopes: ['ask', 'admin'] });
    expect((await me(key)).body['scopes']).toEqual(['ask']);
  });

  it('is not kept anywhere to be given again', async () => {
    const call = () =>
      opened.call('POST', '/auth/keys', {
        token: adminToken,
        body: { name: 'k', scopes: ['ask'] },
        headers: { 'idempotency-key': 'same' },
      });
    const [first, second] = [await call(), await call()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body['key']).not.toBe(second.body['key']);
  });

  it('refuses impossible keys', async () => {
    const bodies = [
      { name: '' },
      { name: 'x'.repeat(101) },
      { scopes: [] },
      { scopes: ['root'] },
      { scopes: 'ask' },
      { collections: ['Não!'] },
      { collections: 'exemplos' },
      { models: [''] },
      { requests_per_minute: 0 },
      { requests_per_minute: 1.5 },
      { tokens_per_day: -1 },
      { expires_at: 'tomorrow' },
      { expires_at: '2020-01-01T00:00:00Z' },
      { expires_at: 1_900_000_000 },
      { secret: 'mine' },
      { id: 'mine' },
    ];
    for (const body of bodies) expect((await create(adminToken, body)).status, JSON.stringify(body)).toBe(400);
  });

  it('makes no other keys, and shows none, unless it administers', async () => {
    const plain = await newKey(adminToken);
    const powerful = await newKey(adminToken, { scopes: ['admin'] });
    expect((await create(plain.key)).status).toBe(403);
    expect((await create(powerful.key, { scopes: ['admin'] })).status).toBe(403);
    expect((await create(presetKey)).status).toBe(403);
    for (const [key, expected] of [
      [plain.key, 403],
      [presetKey, 403],
      [powerful.key, 200],
    ] as const) {
      expect((await opened.call('GET', '/auth/keys', { token: key })).status).toBe(expected);
      expect((await opened.call('GET', `/auth/keys/${plain.id}`, { token: key })).status).toBe(expected);
    }
    expect((await opened.call('DELETE', `/auth/keys/${powerful.id}`, { token: plain.key })).status).toBe(403);
  });

  it('is seen and deleted by its owner and administrators; to others it is as absent', async () => {
    const [owner, other] = [await opened.member(newName()), await opened.member(newName())];
    const { id } = await newKey(owner.access);
    const at = (method: 'GET' | 'DELETE', key: string, token?: string) =>
      opened.call(method, `/auth/keys/${key}`, { token });
    const absent = problemOf(await at('GET', '0'.repeat(16), other.access));
    expect(absent).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(problemOf(await at('GET', id, other.access))).toEqual(absent);
    expect(problemOf(await at('DELETE', id, other.access))).toEqual(absent);
    expect(problemOf(await at('DELETE', '0'.repeat(16), other.access))).toEqual(absent);
    expect((await at('GET', id)).status).toBe(401);
    expect((await at('DELETE', id)).status).toBe(401);
    expect((await at('GET', id, owner.access)).status).toBe(200);
    expect((await at('GET', id, adminToken)).status).toBe(200);
    expect((await at('DELETE', id, adminToken)).status).toBe(204);
    expect((await at('GET', id, owner.access)).status).toBe(404);
  });

  it('lists one’s own, newest first; everybody’s to administrators', async () => {
    const [ana, rui] = [await opened.member(newName()), await opened.member(newName())];
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      opened.passTime(1000);
      ids.unshift((await newKey(ana.access)).id);
      await newKey(rui.access);
    }
    const list = async (token: string, query = ''): Promise<{ ids: string[]; next: string | null }> => {
      const { body } = await opened.call('GET', `/auth/keys${query}`, { token });
      return { ids: (body['items'] as { id: string }[]).map(({ id }) => id), next: body['next'] as string | null };
    };
    expect(await list(ana.access)).toEqual({ ids, next: null });
    const start = await list(ana.access, '?limit=2');
    expect(start.ids).toEqual(ids.slice(0, 2));
    expect(await list(ana.access, `?limit=2&after=${start.next}`)).toEqual({ ids: ids.slice(2), next: null });
    expect((await list(adminToken, '?limit=6')).ids).toHaveLength(6);
  });

  it('is counted per minute, with Retry-After', async () => {
    const { access } = await opened.member(newName());
    const { key } = await newKey(access, { requests_per_minute: 3 });
    const other = await newKey(access, { requests_per_minute: 3 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => me(key)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(7);
    expect(refused[0]!.body['code']).toBe('quota_exceeded');
    expect(refused[0]!.headers['retry-after']).toBe('60');
    expect((await me(other.key)).status).toBe(200);
    opened.passTime(60_000);
    expect((await me(key)).status).toBe(200);
  });
});
