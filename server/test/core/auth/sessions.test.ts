import { expect, it } from 'vitest';
import { createAccessTokens } from '../../../src/core/auth/access-tokens.ts';
import { createLoginThrottle } from '../../../src/core/auth/login-throttle.ts';
import { createPasswords } from '../../../src/core/auth/passwords.ts';
import { createPrincipalCache } from '../../../src/core/auth/principal-cache.ts';
import { createSessions } from '../../../src/core/auth/sessions.ts';
import { createMemoryRateLimits } from '../../../src/services/rate-limits/memory-rate-limits.ts';
import { sampleUser, sqliteAccounts } from '../../support/accounts.ts';

it('counts no attempt whose password could not be checked because too many wait', async () => {
  await using pair = await sqliteAccounts.openPair();
  const now = (): Date => new Date(0);
  const passwords = createPasswords();
  const passwordHash = await passwords.hash('girassol de inverno');
  await pair.first.users.create(sampleUser({ username: 'ana', passwordHash }));
  const { users, refreshTokens, secrets } = pair.first;
  const sessions = createSessions({
    users,
    refreshTokens,
    accessTokens: createAccessTokens({ secrets, now }),
    passwords,
    throttle: createLoginThrottle(createMemoryRateLimits({ now: () => 0 })),
    principals: createPrincipalCache(now),
    now,
  });
  const others = Promise.all(Array.from({ length: 34 }, () => passwords.hash('as senhas de outras pessoas')));
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const login = sessions.login({ username: 'ana', password: 'errada' });
    await expect(login).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 });
  }
  await others;
  await sessions.login({ username: 'ana', password: 'girassol de inverno' });
});
