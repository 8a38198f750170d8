import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Principal } from '../../models/principal.ts';
import type { RefreshToken } from '../../models/refresh-token.ts';
import type { User } from '../../models/user.ts';
import { newId } from '../../models/new-id.ts';
import type { RefreshTokenStore } from '../../ports/refresh-token-store.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { accessTokenSeconds, type AccessTokens } from './access-tokens.ts';
import { bearerToken } from './authenticate.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { checkNewPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { PrincipalCache } from './principal-cache.ts';
import { newSecret, sha256 } from './secret-text.ts';
import { canonicalUsername } from './username.ts';

const loginLastsMs = 30 * 24 * 60 * 60 * 1000;
const cleanEveryMs = 60 * 60 * 1000;
const refreshTokenPrefix = 'bilr_';

export interface Tokens {
  accessToken: string;
  expiresInSeconds: number;
  /** For one use; the reply to that use holds the next one. */
  refreshToken: string;
}

/** Logins: each is a family of refresh tokens with one end, 30 days after the password was given. */
export interface Sessions {
  /**
   * Rejects with `invalid_credentials`, alike in content and time for an unknown user, a wrong password and a disabled
   * account; `too_many_attempts`; `overloaded`.
   */
  login(credentials: { username: string; password: string }): Promise<Tokens>;
  /**
   * Rejects with `unauthenticated`; with `refresh_token_reused` for a token that was used before, of which somebody
   * then has a copy: the whole login ends. Within `reusableMs` of its first use it gives another pair instead: pages of
   * one browser share a cookie and refresh it at once, or are left before the reply has come.
   */
  refresh(refreshToken: string, options?: { reusableMs?: number }): Promise<Tokens>;
  /** Ends the login of this refresh token, used or not; one that nobody has is fine. */
  end(refreshToken: string): Promise<void>;
  /** Ends the login of this access token. Rejects with `forbidden` for an API key. */
  logout(principal: Principal, authorization: string | undefined): Promise<void>;
  /** Ends every other login of the user. Rejects as `login` does, and with `invalid_request` for a weak password. */
  changePassword(principal: Principal, change: { current: string; wanted: string }): Promise<Tokens>;
}

export interface SessionsPorts {
  users: UserStore;
  refreshTokens: RefreshTokenStore;
  accessTokens: AccessTokens;
  passwords: Passwords;
  throttle: LoginThrottle;
  principals: PrincipalCache;
  now: () => Date;
}

export function createSessions(ports: SessionsPorts): Sessions {
  const { users, refreshTokens, accessTokens, passwords, principals, now } = ports;
  const begin = createBegin(ports);

  const end = async (familyId: string): Promise<void> => {
    await refreshTokens.deleteFamily(familyId);
    principals.clear();
  };
  return {
    async login({ username, password }) {
      const user = await userWithPassword(ports, username, password);
      if (!passwords.isOutdated(user.passwordHash)) return begin(user);
      return begin(await users.update(user.id, { passwordHash: await passwords.hash(password) }));
    },
    async refresh(refreshToken, { reusableMs = 0 } = {}) {
      const used = await refreshTokens.find(sha256(refreshToken));
      if (used === undefined || used.expiresAt <= now()) throw loginEnded();
      const user = await users.find(used.userId);
      if (user === undefined || user.disabled || user.sessionVersion !== used.sessionVersion) {
        await end(used.familyId);
        throw loginEnded();
      }
      const next = newRefreshToken(used);
      if (!(await succeed(ports, { used, next: next.stored, reusableMs }))) {
        await end(used.familyId);
        throw new AppError('refresh_token_reused');
      }
      return tokens(await accessTokens.sign(user, used.familyId), next.text);
    },
    async end(refreshToken) {
      const token = await refreshTokens.find(sha256(refreshToken));
      if (token !== undefined) await end(token.familyId);
    },
    async logout(principal, authorization) {
      if (principal.keyId !== null) {
        throw new AppError('forbidden', { detail: told`A key has no login to end: delete the key instead.` });
      }
      await end((await accessTokens.verify(bearerToken(authorization))).familyId);
    },
    async changePassword(principal, { current, wanted }) {
      if (principal.keyId !== null) {
        throw new AppError('forbidden', { detail: told`Passwords are changed after logging in with the current one.` });
      }
      checkNewPassword(wanted, principal.username);
      const { id } = await userWithPassword(ports, principal.username, current);
      const user = await users.update(id, { passwordHash: await passwords.hash(wanted), endSessions: true });
      principals.clear();
      return begin(user);
    },
  };
}

interface Succession {
  used: RefreshToken;
  next: RefreshToken;
  reusableMs: number;
}

/** Stores the next token of a login; false when the one before was used too long ago. */
async function succeed(
  { refreshTokens, now }: SessionsPorts,
  { used, next, reusableMs }: Succession,
): Promise<boolean> {
  if (used.usedAt === null && (await refreshTokens.rotate(used.hash, next, now()))) return true;
  // Whoever was faster has marked it meanwhile.
  const usedAt = (await refreshTokens.find(used.hash))?.usedAt ?? null;
  if (usedAt === null || now().getTime() - usedAt.getTime() >= reusableMs) return false;
  await refreshTokens.create(next);
  // Not after the end of the login, which took every token that was there.
  return (await refreshTokens.find(used.hash)) !== undefined;
}

async function userWithPassword(
  { users, passwords, throttle }: SessionsPorts,
  username: string,
  password: string,
): Promise<User> {
  const name = canonicalUsername(username);
  passwords.assertRoom();
  await throttle.admit(name);
  const user = await users.findByUsername(name);
  const right = await passwords.verify(password, user?.passwordHash);
  if (user === undefined || user.disabled || !right) throw new AppError('invalid_credentials');
  await throttle.forgive(name);
  return user;
}

/** Starts a login: the first access token and the first refresh token of a family. */
function createBegin({ refreshTokens, accessTokens, now }: SessionsPorts): (user: User) => Promise<Tokens> {
  let cleanedAt = 0;
  return async (user) => {
    const time = now();
    if (time.getTime() - cleanedAt >= cleanEveryMs) {
      cleanedAt = time.getTime();
      await refreshTokens.deleteExpired(time);
    }
    const familyId = newId('ses');
    const expiresAt = new Date(time.getTime() + loginLastsMs);
    const first = newRefreshToken({ familyId, userId: user.id, sessionVersion: user.sessionVersion, expiresAt });
    await refreshTokens.create(first.stored);
    return tokens(await accessTokens.sign(user, familyId), first.text);
  };
}

type Login = Pick<RefreshToken, 'familyId' | 'userId' | 'sessionVersion' | 'expiresAt'>;

function newRefreshToken({ familyId, userId, sessionVersion, expiresAt }: Login): {
  text: string;
  stored: RefreshToken;
} {
  const text = `${refreshTokenPrefix}${newSecret()}`;
  return { text, stored: { hash: sha256(text), familyId, userId, sessionVersion, expiresAt, usedAt: null } };
}

function tokens(accessToken: string, refreshToken: string): Tokens {
  return { accessToken, expiresInSeconds: accessTokenSeconds, refreshToken };
}

function loginEnded(): AppError {
  return new AppError('unauthenticated', { detail: told`This login has ended; log in again.` });
}
