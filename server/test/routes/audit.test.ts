import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminPassword, memberPassword, openAuthApp, type AuthApp } from '../support/auth-app.ts';
import { eventually } from '../support/eventually.ts';

let opened: AuthApp;
let admin: string;
beforeAll(async () => {
  opened = await openAuthApp();
  admin = (await opened.login('admin', adminPassword)).access;
});
afterAll(() => opened[Symbol.asyncDispose]());

type Entry = Record<string, unknown>;

async function entries(query = ''): Promise<Entry[]> {
  const { status, body } = await opened.call('GET', `/audit?limit=100${query}`, { token: admin });
  expect(status).toBe(200);
  return body['items'] as Entry[];
}

/** Entries of logins are written without anybody waiting for them. */
async function expectNewest(expected: Entry, query = ''): Promise<void> {
  await eventually(async () => expect((await entries(query))[0]).toMatchObject(expected));
}

const logIn = (username: string, password: string) =>
  opened.call('POST', '/auth/login', { body: { username, password } });

describe('GET /audit', () => {
  it('tells of logins: those that worked, those that were refused, and those that came too often', async () => {
    const { id } = await opened.member('rita');
    opened.passTime(1);
    await logIn('Rita', memberPassword);
    const actor = { user_id: id, username: 'rita', key_id: null };
    await expectNewest({ action: 'session.login', outcome: 'ok', actor, subject: 'rita' }, '&action=session.login');
    opened.passTime(1);
    for (let tries = 0; tries < 8; tries += 1) await logIn('rita', 'não é esta');
    await eventually(async () => {
      // Once a minute, however often it is tried.
      const noted = (await entries('&action=session.login')).slice(0, 3);
      expect(new Map(noted.map((entry) => [entry['outcome'], entry]))).toEqual(
        new Map<unknown, unknown>([
          ['ok', expect.objectContaining({ actor, subject: 'rita' })],
          ['refused', expect.objectContaining({ actor: null, subject: 'rita' })],
          ['throttled', expect.objectContaining({ actor: null, subject: 'rita' })],
        ]),
      );
    });
  });

  it('keeps nothing that was typed where the name of an account belongs', async () => {
    opened.passTime(1);
    expect((await logIn('minha-senha-secreta', 'qualquer uma')).status).toBe(401);
    await expectNewest({ action: 'session.login', outcome: 'refused', actor: null, subject: null });
    expect(JSON.stringify(await entries())).not.toContain('minha-senha');
  });

  it('tells who changed users and keys, from where and in which request, and no secret', async () => {
    opened.passTime(1);
    const { body: me } = await opened.call('GET', '/auth/me', { token: admin });
    const newUser = { username: 'caio', password: memberPassword };
    const made = await opened.call('POST', '/auth/users', { token: admin, body: newUser });
    const user = made.body['id'] as string;
    const actor = { user_id: me['user_id'], username: 'admin', key_id: null };
    expect((await entries())[0]).toEqual({
      id: expect.stringMatching(/^aud_/),
      at: opened.now().toISOString(),
      actor,
      action: 'user.create',
      subject: user,
      outcome: 'ok',
      address: '127.0.0.1',
      request_id: made.headers['x-request-id'],
    });
    opened.passTime(1);
    const url = `/auth/users/${user}`;
    await opened.call('PATCH', url, {
      token: admin,
      body: { groups: ['rh'] },
      headers: { 'x-forwarded-for': '1.2.3.4' },
    });
    expect((await entries())[0]).toMatchObject({ action: 'user.change', subject: user, address: null });
    opened.passTime(1);
    const { body } = await opened.call('POST', '/auth/keys', { token: admin, body: { name: 'site', scopes: ['ask'] } });
    const { id, key } = body as { id: string; key: string };
    expect((await entries())[0]).toMatchObject({ action: 'key.create', subject: id, actor });
    opened.passTime(1);
    await opened.call('DELETE', `/auth/keys/${id}`, { token: admin });
    opened.passTime(1);
    await opened.call('DELETE', url, { token: admin });
    expect((await entries()).slice(0, 2)).toMatchObject([
      { action: 'user.delete', subject: user },
      { action: 'key.delete', subject: id },
    ]);
    const text = JSON.stringify(await entries());
    for (const secret of [key, memberPassword, adminPassword, admin]) expect(text).not.toContain(secret);
  });

  it('tells of what was refused, and not of what makes no sense or is not there', async () => {
    const { id, access } = await opened.member('lia');
    opened.passTime(1);
    const before = (await entries()).length;
    await opened.call('DELETE', '/auth/users/usr_none', { token: admin });
    await opened.call('POST', '/auth/users', { token: admin, body: {} });
    await opened.call('DELETE', '/auth/users/usr_1', { token: 'nobody' });
    expect(await entries()).toHaveLength(before);
    for (let tries = 0; tries < 3; tries += 1) await opened.call('DELETE', '/auth/users/usr_1', { token: access });
    expect(await entries()).toHaveLength(before + 1);
    const refused = { action: 'user.delete', outcome: 'refused', subject: 'usr_1', actor: { user_id: id } };
    expect((await entries())[0]).toMatchObject(refused);
    opened.passTime(60_000);
    await opened.call('DELETE', '/auth/users/usr_1', { token: access });
    expect(await entries()).toHaveLength(before + 2);
  });

  it('tells of the end of a login, and of a new password', async () => {
    const { access } = await opened.member('nina');
    opened.passTime(1);
    const change = { current_password: memberPassword, new_password: 'capivara-mansa-77' };
    const { body } = await opened.call('POST', '/auth/password', { token: access, body: change });
    opened.passTime(1);
    await opened.call('POST', '/auth/logout', { token: body['access_token'] as string });
    const noted = (await entries('&actor=nina')).map(({ action, outcome }) => [action, outcome]);
    expect(noted).toEqual([
      ['session.logout', 'ok'],
      ['password.change', 'ok'],
    ]);
  });

  it('finds by who, what and since when, page by page', async () => {
    opened.passTime(1);
    const since = opened.now().toISOString();
    const { body } = await opened.call('POST', '/auth/keys', { token: admin, body: { name: 'a', scopes: ['ask'] } });
    opened.passTime(1);
    await opened.call('DELETE', `/auth/keys/${String(body['id'])}`, { token: admin });
    const found = async (query: string) => (await entries(query)).map(({ action }) => action);
    expect(await found(`&since=${since}`)).toEqual(['key.delete', 'key.create']);
    expect(await found(`&since=${since}&action=key.create`)).toEqual(['key.create']);
    expect(await found(`&since=${since}&actor=nobody`)).toEqual([]);
    const first = await opened.call('GET', `/audit?limit=1&since=${since}`, { token: admin });
    const after = String(first.body['next']);
    const second = await opened.call('GET', `/audit?limit=1&since=${since}&after=${after}`, { token: admin });
    expect(second.body).toMatchObject({ items: [{ action: 'key.create' }], next: null });
  });

  it('is for administrators, and takes no other filters', async () => {
    const { access } = await opened.member('otto');
    expect((await opened.call('GET', '/audit', { token: access })).status).toBe(403);
    for (const query of ['action=everything', 'since=yesterday', 'actor=', 'who=ana', 'after=W10']) {
      expect((await opened.call('GET', `/audit?${query}`, { token: admin })).status, query).toBe(400);
    }
  });
});
