import { sessionHeader } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberPassword, openAuthApp, type AuthApp, type Reply } from '../support/auth-app.ts';

let opened: AuthApp;
let made = 0;
beforeAll(async () => {
  opened = await openAuthApp();
});
afterAll(() => opened[Symbol.asyncDispose]());

const fromPage = { [sessionHeader]: '1' };
const cookieIn = ({ headers }: Reply): string => /^billumy_session=([^;]*)/.exec(String(headers['set-cookie']))![1]!;
const begin = async (headers: Record<string, string> = {}): Promise<Reply> => {
  const username = `pagina${(made += 1)}`;
  await opened.member(username);
  const body = { username, password: memberPassword };
  return opened.call('POST', '/auth/session', { body, headers: { ...fromPage, ...headers } });
};
const refresh = (cookie: string, headers: Record<string, string> = fromPage): Promise<Reply> =>
  opened.call('POST', '/auth/session/refresh', { headers: { ...headers, cookie: `billumy_session=${cookie}` } });
const isTaken = async ({ body }: Reply): Promise<boolean> =>
  (await opened.call('GET', '/auth/me', { token: body['access_token'] as string })).status === 200;

describe('POST /auth/session', () => {
  it('gives the access token, and the refresh token only as a cookie that no script can read', async () => {
    const reply = await begin();
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 900 });
    expect(await isTaken(reply)).toBe(true);
    expect(reply.headers['set-cookie']).toMatch(
      /^billumy_session=bilr_[\w-]{43}; Max-Age=2592000; Path=\/auth\/session; HttpOnly; SameSite=Strict$/,
    );
  });

  it('lets the cookie travel by HTTPS only where the page came by it', async () => {
    expect((await begin({ 'x-forwarded-proto': 'https' })).headers['set-cookie']).toMatch(/; Secure$/);
  });

  it('sets no cookie for a wrong password', async () => {
    const body = { username: 'admin', password: 'errada' };
    const reply = await opened.call('POST', '/auth/session', { body, headers: fromPage });
    expect([reply.status, reply.body['code']]).toEqual([401, 'invalid_credentials']);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it.each(['POST /auth/session', 'POST /auth/session/refresh', 'DELETE /auth/session'])(
    'refuses %s without the header that no form of another site can send',
    async (route) => {
      const cookie = cookieIn(await begin());
      const [method, url] = route.split(' ') as ['POST' | 'DELETE', string];
      const body = url === '/auth/session' && method === 'POST' ? { username: 'a', password: 'b' } : undefined;
      const reply = await opened.call(method, url, { body, headers: { cookie: `billumy_session=${cookie}` } });
      expect([reply.status, reply.body['code']]).toEqual([403, 'forbidden']);
      expect(reply.headers['set-cookie']).toBeUndefined();
      expect((await refresh(cookie)).status).toBe(200);
    },
  );
});

describe('POST /auth/session/refresh', () => {
  it('gives another access token and another cookie', async () => {
    const cookie = cookieIn(await begin());
    const reply = await refresh(cookie);
    expect(await isTaken(reply)).toBe(true);
    expect(cookieIn(reply)).not.toBe(cookie);
    expect((await refresh(cookieIn(reply))).status).toBe(200);
  });

  it('leaves pages that refresh one cookie at once logged in', async () => {
    const cookie = cookieIn(await begin());
    const replies = await Promise.all(Array.from({ length: 20 }, () => refresh(cookie)));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    for (const reply of replies) expect(await isTaken(reply)).toBe(true);
    expect((await refresh(cookieIn(replies[7]!))).status).toBe(200);
  });

  it('ends the login when a used cookie comes back later, and has it forgotten', async () => {
    const cookie = cookieIn(await begin());
    const second = await refresh(cookie);
    opened.passTime(10_000);
    const reused = await refresh(cookie);
    expect([reused.status, reused.body['code']]).toEqual([401, 'refresh_token_reused']);
    expect(reused.headers['set-cookie']).toMatch(/^billumy_session=; Max-Age=0; Path=\/auth\/session; /);
    expect((await refresh(cookieIn(second))).status).toBe(401);
    expect(await isTaken(second)).toBe(false);
  });

  it('is no way around the single use of refresh tokens elsewhere', async () => {
    const { refresh: token } = await opened.member(`pagina${(made += 1)}`);
    await refresh(token);
    const body = { refresh_token: token };
    expect((await opened.call('POST', '/auth/refresh', { body })).body['code']).toBe('refresh_token_reused');
  });

  it.each(['', 'x', `bilr_${'A'.repeat(43)}`, 'a; b=c', '💥'])('refuses the cookie "%s"', async (cookie) => {
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('finds its cookie among others', async () => {
    const cookie = cookieIn(await begin());
    expect((await refresh(`x; other=1; billumy_session=${cookie}`)).status).toBe(401);
    const headers = { ...fromPage, cookie: `other=1; billumy_session=${cookie}; last=2` };
    expect((await opened.call('POST', '/auth/session/refresh', { headers })).status).toBe(200);
  });
});

describe('DELETE /auth/session', () => {
  it('ends the login and has the cookie forgotten', async () => {
    const first = await begin();
    const cookie = cookieIn(first);
    const headers = { ...fromPage, cookie: `billumy_session=${cookie}` };
    const reply = await opened.call('DELETE', '/auth/session', { headers });
    expect(reply.status).toBe(204);
    expect(reply.headers['set-cookie']).toMatch(/^billumy_session=; Max-Age=0; /);
    expect(await isTaken(first)).toBe(false);
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('is fine when nobody is logged in', async () => {
    expect((await opened.call('DELETE', '/auth/session', { headers: fromPage })).status).toBe(204);
    const headers = { ...fromPage, cookie: 'billumy_session=x' };
    expect((await opened.call('DELETE', '/auth/session', { headers })).status).toBe(204);
  });
});
