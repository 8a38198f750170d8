import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminPassword, memberPassword, openAuthApp, presetKey, problemOf, type AuthApp } from '../support/auth-app.ts';

let opened: AuthApp;
let admin: string;
let made = 0;
const newName = (): string => `pessoa${(made += 1)}`;
const absentUser = 'usr_00000000000000000000000000000000';
beforeAll(async () => {
  opened = await openAuthApp();
});
beforeEach(async () => {
  admin = (await opened.login('admin', adminPassword)).access;
});
afterAll(() => opened[Symbol.asyncDispose]());

const create = (body: object) => opened.call('POST', '/auth/users', { token: admin, body });
const patch = (id: string, body: object, token = admin) => opened.call('PATCH', `/auth/users/${id}`, { token, body });
const statusOf = async (reply: Promise<{ status: number }>): Promise<number> => (await reply).status;

describe('/auth/users', () => {
  it('makes, lists, gets, changes and deletes a user, and never shows a hash', async () => {
    const username = newName();
    const created = await create({ username, password: memberPassword, groups: ['vendas'] });
    expect(created.status).toBe(201);
    const id = created.body['id'] as string;
    expect(created.headers['location']).toBe(`/auth/users/${id}`);
    const user = {
      id,
      username,
      role: 'member',
      groups: ['vendas'],
      disabled: false,
      created_at: opened.now().toISOString(),
    };
    expect(created.body).toEqual(user);
    expect((await opened.call('GET', `/auth/users/${id}`, { token: admin })).body).toEqual(user);
    const changed = { ...user, groups: ['compras', 'vendas'], role: 'admin' };
    expect((await patch(id, { groups: ['compras', 'vendas'], role: 'admin' })).body).toEqual(changed);
    const list = await opened.call('GET', '/auth/users?limit=100', { token: admin });
    expect(list.body['items']).toContainEqual(changed);
    expect(await statusOf(opened.call('DELETE', `/auth/users/${id}`, { token: admin }))).toBe(204);
    expect(await statusOf(opened.call('GET', `/auth/users/${id}`, { token: admin }))).toBe(404);
  });

  it('pages through everybody', async () => {
    for (let index = 0; index < 5; index += 1) await create({ username: newName(), password: memberPassword });
    const names: unknown[] = [];
    let query = '?limit=2';
    while (query !== '') {
      const { body } = await opened.call('GET', `/auth/users${query}`, { token: admin });
      names.push(...(body['items'] as { username: string }[]).map(({ username }) => username));
      query = body['next'] === null ? '' : `?limit=2&after=${body['next'] as string}`;
    }
    expect(names[0]).toBe('admin');
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it('refuses what cannot be a page', async () => {
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=', 'after=x', 'after=%F0%9F%92%A5', 'offset=1']) {
      expect(await statusOf(opened.call('GET', `/auth/users?${query}`, { token: admin })), query).toBe(400);
    }
  });

  it('refuses a name that is taken, in any case', async () => {
    const username = newName();
    await create({ username, password: memberPassword });
    const again = await create({ username: username.toUpperCase(), password: memberPassword });
    expect(again.status).toBe(409);
    expect(again.body['code']).toBe('already_exists');
  });

  it('refuses impossible names, weak passwords and unknown fields', async () => {
    const good = { username: newName(), password: memberPassword };
    for (const username of ['', ' ', 'a b', 'key:preset', '-x', 'a\u202eb', 'a/b', 'x'.repeat(65), 'ａ'.repeat(65)]) {
      expect(await statusOf(create({ ...good, username })), username).toBe(400);
    }
    for (const password of ['', 'short', 'password1234', `${good.username}${good.username}`, 'x'.repeat(257)]) {
      expect(await statusOf(create({ ...good, password })), password).toBe(400);
    }
    for (const change of [
      { role: 'root' },
      { groups: 'vendas' },
      { groups: [''] },
      { id: 'usr_1' },
      { disabled: true },
    ]) {
      expect(await statusOf(create({ ...good, ...change }))).toBe(400);
    }
    const { id } = await opened.member(newName());
    for (const change of [{}, { username: 'x' }, { role: null }, { disabled: 'yes' }, { password: 'short' }]) {
      expect(await statusOf(patch(id, change))).toBe(400);
    }
  });

  it('never leaves the installation without an administrator', async () => {
    const { body } = await opened.call('GET', '/auth/me', { token: admin });
    const id = body['user_id'] as string;
    const others = (await opened.stores.users.list({ limit: 100, after: null })).items;
    for (const { id: other, role } of others)
      if (role === 'admin' && other !== id) await opened.stores.users.delete(other);
    for (const change of [{ role: 'member' }, { disabled: true }]) {
      const reply = await patch(id, change);
      expect(reply.status).toBe(409);
      expect(reply.body['detail']).toContain('last administrator');
    }
    expect(await statusOf(opened.call('DELETE', `/auth/users/${id}`, { token: admin }))).toBe(409);
    expect(await statusOf(opened.call('GET', '/auth/users', { token: admin }))).toBe(200);
  });

  it('ends the logins of a user who gets a new password', async () => {
    const name = newName();
    const { id, access } = await opened.member(name);
    expect(await statusOf(patch(id, { password: 'escolhida pelo chefe' }))).toBe(200);
    expect(await statusOf(opened.call('GET', '/auth/me', { token: access }))).toBe(401);
    await opened.login(name, 'escolhida pelo chefe');
  });

  it('wants the current password for one’s own', async () => {
    const { body } = await opened.call('GET', '/auth/me', { token: admin });
    const reply = await patch(body['user_id'] as string, { password: 'outra frase bem longa' });
    expect(reply.status).toBe(403);
    expect(reply.body['detail']).toContain('/auth/password');
  });

  it('takes the powerful keys of an administrator who becomes a member, and leaves the others', async () => {
    const name = newName();
    const { id } = await opened.member(name);
    await patch(id, { role: 'admin' });
    const { access } = await opened.login(name, memberPassword);
    const keyOf = async (scopes: string[]): Promise<string> =>
      (await opened.call('POST', '/auth/keys', { token: access, body: { name: 'k', scopes } })).body['key'] as string;
    const keys = [await keyOf(['admin']), await keyOf(['ask', 'act_as']), await keyOf(['train']), await keyOf(['ask'])];
    await patch(id, { role: 'member' });
    const statuses = await Promise.all(keys.map((key) => statusOf(opened.call('GET', '/auth/me', { token: key }))));
    expect(statuses).toEqual([401, 401, 401, 200]);
  });

  it('is for administrators only, and says nothing about who exists to others', async () => {
    const member = await opened.member(newName());
    const other = await opened.member(newName());
    const keyReply = await opened.call('POST', '/auth/keys', { token: admin, body: { name: 'k', scopes: ['ask'] } });
    const actors = { member: member.access, preset: presetKey, 'ask-only key': keyReply.body['key'] as string };
    const calls = (id: string) =>
      [
        ['POST', '/auth/users', { username: newName(), password: memberPassword }],
        ['GET', '/auth/users', undefined],
        ['GET', `/auth/users/${id}`, undefined],
        ['PATCH', `/auth/users/${id}`, { role: 'admin' }],
        ['DELETE', `/auth/users/${id}`, undefined],
      ] as const;
    const targets = [other.id, member.id, absentUser];
    for (const [actor, token] of Object.entries(actors)) {
      const replies = await Promise.all(
        targets.map((id) =>
          Promise.all(
            calls(id).map(async ([method, url, body]) => problemOf(await opened.call(method, url, { token, body }))),
          ),
        ),
      );
      expect(replies[0]![0], actor).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
      expect(replies.flat(), actor).toEqual(replies.flat().map(() => replies[0]![0]));
    }
    for (const [method, url, body] of calls(other.id)) {
      expect(await statusOf(opened.call(method, url, { body })), url).toBe(401);
    }
    expect(await opened.stores.users.find(other.id)).toMatchObject({ role: 'member' });
  });

  it('is not there for an absent or impossible id', async () => {
    const absent = problemOf(await opened.call('GET', `/auth/users/${absentUser}`, { token: admin }));
    expect(absent).toMatchObject({ status: 404 });
    expect(problemOf(await opened.call('GET', `/auth/users/${'x'.repeat(90)}`, { token: admin }))).toEqual(absent);
    expect(problemOf(await patch(absentUser, { role: 'member' }))).toEqual(absent);
    expect(problemOf(await opened.call('DELETE', `/auth/users/${absentUser}`, { token: admin }))).toEqual(absent);
  });

  it('opens to a key with the scope admin', async () => {
    const { body } = await opened.call('POST', '/auth/keys', { token: admin, body: { name: 'k', scopes: ['admin'] } });
    expect(await statusOf(opened.call('GET', '/auth/users', { token: body['key'] as string }))).toBe(200);
  });
});

describe('the first administrator', () => {
  it('is made once, with a password of its own when none is given', async () => {
    await using fresh = await openAuthApp();
    const [{ id } = { id: '' }] = (await fresh.stores.users.list({ limit: 1, after: null })).items;
    expect(await fresh.auth.users.hasAdministrator()).toBe(true);
    const again = { username: 'outro', password: 'outra frase bem longa' };
    expect(await fresh.auth.users.ensureAdministrator(again)).toEqual({ created: false, generatedPassword: null });
    expect((await fresh.stores.users.list({ limit: 9, after: null })).items.map((user) => user.id)).toEqual([id]);
  });
});
