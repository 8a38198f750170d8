import { describe, expect, it } from 'vitest';
import { createAuth, type Auth } from '../../../src/core/auth/auth.ts';
import { createMemoryRateLimits } from '../../../src/services/rate-limits/memory-rate-limits.ts';
import { sqliteAccounts, type AccountStores } from '../../support/accounts.ts';

const password = 'mangueira-azul-42';
const authOver = (stores: AccountStores): Auth =>
  createAuth({
    ...stores,
    rateLimits: createMemoryRateLimits({ now: Date.now }),
    presetKey: null,
    now: () => new Date(),
  });

describe('the first administrator', () => {
  it('is absent until it is made: nobody can log in to a new installation', async () => {
    await using pair = await sqliteAccounts.openPair();
    const { users, sessions } = authOver(pair.first);
    expect(await users.hasAdministrator()).toBe(false);
    for (const guess of ['admin', 'password', '', 'billumy']) {
      await expect(sessions.login({ username: 'admin', password: guess })).rejects.toMatchObject({
        code: 'invalid_credentials',
      });
    }
  });

  it('gets the password that was given', async () => {
    await using pair = await sqliteAccounts.openPair();
    const { users, sessions, authenticate } = authOver(pair.first);
    expect(await users.ensureAdministrator({ username: 'Chefe', password })).toEqual({
      created: true,
      generatedPassword: null,
    });
    const { accessToken } = await sessions.login({ username: 'chefe', password });
    expect(await authenticate(`Bearer ${accessToken}`)).toMatchObject({ username: 'chefe', role: 'admin' });
  });

  it('gets a long random password when none was given, another one each time', async () => {
    const passwords = await Promise.all(
      [1, 2].map(async () => {
        await using pair = await sqliteAccounts.openPair();
        const { users, sessions } = authOver(pair.first);
        const { generatedPassword } = await users.ensureAdministrator({ username: 'admin', password: null });
        await sessions.login({ username: 'admin', password: generatedPassword! });
        return generatedPassword;
      }),
    );
    expect(passwords[0]).toMatch(/^[\w-]{43}$/);
    expect(passwords[0]).not.toBe(passwords[1]);
  });

  it('is not made with a weak password or an impossible name', async () => {
    await using pair = await sqliteAccounts.openPair();
    const { users } = authOver(pair.first);
    for (const wanted of [
      { username: 'admin', password: 'admin' },
      { username: 'admin', password: 'password1234' },
      { username: 'a b', password },
    ]) {
      await expect(users.ensureAdministrator(wanted)).rejects.toMatchObject({ code: 'invalid_request' });
    }
    expect(await users.hasAdministrator()).toBe(false);
  });

  it('is made once by two processes that start at once', async () => {
    await using pair = await sqliteAccounts.openPair();
    const made = await Promise.all(
      [pair.first, pair.second].map((stores) =>
        authOver(stores).users.ensureAdministrator({ username: 'admin', password }),
      ),
    );
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect((await pair.first.users.list({ limit: 9, after: null })).items).toHaveLength(1);
  });

  it('lets two processes take each other’s tokens', async () => {
    await using pair = await sqliteAccounts.openPair();
    const [one, other] = [authOver(pair.first), authOver(pair.second)];
    await one.users.ensureAdministrator({ username: 'admin', password });
    const { accessToken, refreshToken } = await one.sessions.login({ username: 'admin', password });
    expect(await other.authenticate(`Bearer ${accessToken}`)).toMatchObject({ username: 'admin' });
    expect(await other.sessions.refresh(refreshToken)).toMatchObject({ expiresInSeconds: 900 });
  });
});
