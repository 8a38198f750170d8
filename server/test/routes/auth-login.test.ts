import { hashSync } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminPassword, memberPassword, openAuthApp, presetKey, problemOf, type AuthApp } from '../support/auth-app.ts';

let opened: AuthApp;
let made = 0;
const newName = (): string => `pessoa${(made += 1)}`;
beforeAll(async () => {
  opened = await openAuthApp();
});
afterAll(() => opened[Symbol.asyncDispose]());

const wrong = 'certamente não é esta';
const login = (username: string, password: string) =>
  opened.call('POST', '/auth/login', { body: { username, password } });

describe('POST /auth/login', () => {
  it('gives tokens for the right password, as JSON', async () => {
    const { status, headers, body } = await login('admin', adminPassword);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^bilr_[\w-]{43}$/),
    });
    const me = await opened.call('GET', '/auth/me', { token: body['access_token'] as string });
    expect(me.body).toMatchObject({ username: 'admin', role: 'admin', key_id: null });
  });

  it('takes the form of an OAuth2 client, with what such clients send beside', async () => {
    const form = new URLSearchParams({ username: 'admin', password: adminPassword }).toString();
    const oauth = `${form}&grant_type=password&scope=&client_id=x&client_secret=y`;
    for (const sent of [form, oauth]) {
      const { status, body } = await opened.call('POST', '/auth/login', { form: sent });
      expect(status).toBe(200);
      expect(body['token_type']).toBe('bearer');
    }
  });

  it('does not mind capitals and composition of the user name', async () => {
    await opened.member('josé.pão');
    expect((await login('JOSÉ.PÃO'.normalize('NFD'), memberPassword)).status).toBe(200);
  });

  it('refuses other fields, and those of OAuth2 in JSON', async () => {
    const credentials = { username: 'admin', password: adminPassword };
    const replies = [
      await opened.call('POST', '/auth/login', { body: { ...credentials, grant_type: 'password' } }),
      await opened.call('POST', '/auth/login', { body: { ...credentials, role: 'admin' } }),
      await opened.call('POST', '/auth/login', { form: 'username=admin&password=x&role=admin' }),
      await opened.call('POST', '/auth/login', { form: 'username=admin&password=x&password=y' }),
      await opened.call('POST', '/auth/login', { form: 'username=admin' }),
      await opened.call('POST', '/auth/login', { body: { username: ['admin'], password: adminPassword } }),
      await opened.call('POST', '/auth/login', { body: { username: 'admin', password: 'x'.repeat(257) } }),
      await opened.call('POST', '/auth/login', { body: { username: 'a\0', password: 'x' } }),
      await opened.call('POST', '/auth/login', { body: [] }),
      await opened.call('POST', '/auth/login'),
    ];
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 400));
  });

  it('takes forms nowhere else', async () => {
    expect((await opened.call('POST', '/auth/refresh', { form: 'refresh_token=x' })).status).toBe(415);
  });

  it('says the same about an unknown user, a wrong password and a disabled account', async () => {
    const [known, disabled] = [newName(), newName()];
    await opened.member(known);
    const { id } = await opened.member(disabled);
    await opened.stores.users.update(id, { disabled: true });
    const replies = [
      await login(newName(), memberPassword),
      await login(known, wrong),
      await login(disabled, memberPassword),
    ].map(problemOf);
    expect(replies[0]).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(replies[1]).toEqual(replies[0]);
    expect(replies[2]).toEqual(replies[0]);
  });

  it('accepts nothing without a credential', async () => {
    const { status, headers, body } = await opened.call('GET', '/auth/me');
    expect(status).toBe(401);
    expect(body['code']).toBe('unauthenticated');
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it('brings an older hash up to date', async () => {
    const name = newName();
    const { id } = await opened.member(name);
    const older = hashSync(memberPassword, { memoryCost: 12_288, timeCost: 3 });
    await opened.stores.users.update(id, { passwordHash: older });
    expect((await login(name, memberPassword)).status).toBe(200);
    expect((await opened.stores.users.find(id))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login(name, memberPassword)).status).toBe(200);
  });
});

describe('the throttle of logins', () => {
  it('makes an account wait longer after each failure, existing or not, and never more than 15 minutes', async () => {
    const [known, unknown] = [newName(), newName()];
    await opened.member(known);
    const waitsOf = async (name: string): Promise<number[]> => {
      const waits: number[] = [];
      for (let attempt = 0; attempt < 19; attempt += 1) {
        let reply = await login(name, wrong);
        const wait = reply.status === 429 ? Number(reply.headers['retry-after']) : 0;
        opened.passTime(wait * 1000);
        if (wait > 0) reply = await login(name, wrong);
        expect(reply.status).toBe(401);
        waits.push(wait);
      }
      return waits;
    };
    const expected = [0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900];
    expect(await waitsOf(known)).toEqual(expected);
    expect(await waitsOf(unknown)).toEqual(expected);
  });

  it('lets the right password in after the wait, and starts afresh then', async () => {
    const name = newName();
    await opened.member(name);
    let reply = await login(name, wrong);
    while (reply.status === 401) reply = await login(name, wrong);
    const early = await login(name, memberPassword);
    expect(early.status).toBe(429);
    expect(early.body['code']).toBe('too_many_attempts');
    opened.passTime(Number(early.headers['retry-after']) * 1000);
    expect((await login(name, memberPassword)).status).toBe(200);
    expect((await login(name, wrong)).status).toBe(401);
    expect((await login(name, memberPassword)).status).toBe(200);
  });

  it('does not prolong the wait by hammering', async () => {
    const name = newName();
    let reply = await login(name, wrong);
    while (reply.status === 401) reply = await login(name, wrong);
    for (let attempt = 0; attempt < 50; attempt += 1) reply = await login(name, wrong);
    expect(reply.headers['retry-after']).toBe('1');
  });

  it('evaluates few of many guesses that arrive at once, and refuses the rest with Retry-After', async () => {
    const name = newName();
    await opened.member(name);
    const replies = await Promise.all(Array.from({ length: 300 }, () => login(name, wrong)));
    const evaluated = replies.filter(({ status }) => status === 401);
    const refused = replies.filter(({ status }) => status === 429 || status === 503);
    expect(evaluated.length).toBeLessThanOrEqual(6);
    expect(evaluated.length + refused.length).toBe(300);
    expect(refused.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
  });

  it('leaves other accounts alone', async () => {
    const [attacked, other] = [newName(), newName()];
    await opened.member(other);
    for (let attempt = 0; attempt < 10; attempt += 1) await login(attacked, wrong);
    expect((await login(other, memberPassword)).status).toBe(200);
  });

  it('says overloaded when too many passwords of different accounts wait to be checked', async () => {
    const replies = await Promise.all(Array.from({ length: 200 }, () => login(newName(), wrong)));
    const overloaded = replies.filter(({ status }) => status === 503);
    expect(overloaded.length).toBeGreaterThan(0);
    expect(overloaded[0]!.body['code']).toBe('overloaded');
    expect(overloaded[0]!.headers['retry-after']).toBe('1');
    expect((await login('admin', adminPassword)).status).toBe(200);
  });
});

describe('POST /auth/password', () => {
  const wanted = 'outra frase bem longa';
  const change = (token: string, current: string, chosen = wanted) =>
    opened.call('POST', '/auth/password', { token, body: { current_password: current, new_password: chosen } });

  it('takes the current password, ends every other login, and goes on with new tokens', async () => {
    const name = newName();
    const first = await opened.member(name);
    const second = await opened.login(name, memberPassword);
    const reply = await change(first.access, memberPassword);
    expect(reply.status).toBe(200);
    for (const token of [first.access, second.access]) {
      expect((await opened.call('GET', '/auth/me', { token })).status).toBe(401);
    }
    const refresh = await opened.call('POST', '/auth/refresh', { body: { refresh_token: second.refresh } });
    expect(refresh.status).toBe(401);
    expect((await opened.call('GET', '/auth/me', { token: reply.body['access_token'] as string })).status).toBe(200);
    expect((await login(name, memberPassword)).status).toBe(401);
    expect((await login(name, wanted)).status).toBe(200);
  });

  it('refuses a wrong current password, throttled as a login is', async () => {
    const { access } = await opened.member(newName());
    let reply = await change(access, wrong);
    expect(reply.body['code']).toBe('invalid_credentials');
    while (reply.status === 401) reply = await change(access, wrong);
    expect(reply.status).toBe(429);
  });

  it('refuses weak passwords with the reason, and keeps the old one', async () => {
    const name = newName();
    const { access } = await opened.member(name);
    const reply = await change(access, memberPassword, 'curta');
    expect(reply.status).toBe(400);
    expect(reply.body['issues']).toEqual([{ path: 'password', message: 'must have at least 12 characters' }]);
    expect((await login(name, memberPassword)).status).toBe(200);
  });

  it('is not for keys', async () => {
    expect((await change(presetKey, memberPassword)).status).toBe(403);
  });
});
