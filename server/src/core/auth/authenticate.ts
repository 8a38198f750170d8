import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ApiKey } from '../../models/api-key.ts';
import type { Principal } from '../../models/principal.ts';
import type { User } from '../../models/user.ts';
import type { ApiKeyStore } from '../../ports/api-key-store.ts';
import type { RefreshTokenStore } from '../../ports/refresh-token-store.ts';
import type { UserStore } from '../../ports/user-store.ts';
import type { AccessTokens } from './access-tokens.ts';
import { looksLikeApiKey, parseApiKey } from './api-key-text.ts';
import type { PrincipalCache, Verified } from './principal-cache.ts';
import { scopesOfRole } from './role-scopes.ts';
import { sameDigest, sha256 } from './secret-text.ts';

const maxTokenLength = 4096;
const bearer = /^bearer +([\x21-\x7e]+) *$/i;
// The last use of a key is shown to people: to the minute is enough, and spares a write per request.
const touchEveryMs = 60_000;

export interface AuthenticatePorts {
  users: UserStore;
  apiKeys: ApiKeyStore;
  refreshTokens: RefreshTokenStore;
  accessTokens: AccessTokens;
  principals: PrincipalCache;
  /** The key from the settings, any text; it may ask and nothing else. */
  presetKey: string | null;
  now: () => Date;
}

/**
 * Turns an `Authorization: Bearer` header with an access token or an API key into who is asking. Rejects with
 * `token_expired` for an access token of ours that ended, with `unauthenticated` for everything else that is not valid.
 */
export function createAuthenticate(
  ports: AuthenticatePorts,
): (authorization: string | undefined) => Promise<Principal> {
  const presetDigest = ports.presetKey === null ? null : sha256(ports.presetKey);
  return async (authorization) => {
    const token = bearerToken(authorization);
    const digest = sha256(token);
    if (presetDigest !== null && sameDigest(digest, presetDigest)) return presetPrincipal;
    return ports.principals.get(digest, () =>
      looksLikeApiKey(token) ? verifyApiKey(token, ports) : verifyAccessToken(token, ports),
    );
  };
}

/** The token of the header; rejects with `unauthenticated`. */
export function bearerToken(authorization: string | undefined): string {
  if (authorization !== undefined && authorization.length <= maxTokenLength) {
    const token = bearer.exec(authorization)?.[1];
    if (token !== undefined) return token;
  }
  throw new AppError('unauthenticated', {
    detail: told`Send the header "Authorization: Bearer <API key or access token>".`,
  });
}

/** No account has this name: names of accounts cannot contain a colon. */
const presetPrincipal: Principal = {
  userId: 'usr_preset',
  username: 'key:preset',
  role: 'member',
  groups: [],
  scopes: ['ask'],
  keyId: 'preset',
  collections: null,
  models: null,
  dialects: null,
  requestsPerMinute: null,
  tokensPerDay: null,
};

async function verifyAccessToken(token: string, ports: AuthenticatePorts): Promise<Verified> {
  const { userId, familyId, sessionVersion, expiresAt } = await ports.accessTokens.verify(token);
  const [user, alive] = await Promise.all([ports.users.find(userId), ports.refreshTokens.hasFamily(familyId)]);
  if (user === undefined || user.disabled || user.sessionVersion !== sessionVersion || !alive) {
    throw new AppError('unauthenticated', { detail: told`This login has ended; log in again.` });
  }
  return {
    principal: {
      ...identityOf(user),
      scopes: scopesOfRole[user.role],
      keyId: null,
      collections: null,
      models: null,
      dialects: null,
      requestsPerMinute: null,
      tokensPerDay: null,
    },
    expiresAt,
  };
}

async function verifyApiKey(token: string, { users, apiKeys, now }: AuthenticatePorts): Promise<Verified> {
  const { id, secret } = parseApiKey(token) ?? {};
  const key = id === undefined ? undefined : await apiKeys.find(id);
  if (key === undefined || secret === undefined || !sameDigest(sha256(secret), key.secretHash)) {
    throw new AppError('unauthenticated');
  }
  const time = now();
  if (key.expiresAt !== null && key.expiresAt <= time) {
    throw new AppError('unauthenticated', { detail: told`This API key has expired; make another one.` });
  }
  const user = await users.find(key.userId);
  if (user === undefined || user.disabled) throw new AppError('unauthenticated');
  if (time.getTime() - (key.lastUsedAt?.getTime() ?? 0) >= touchEveryMs) {
    // Neither waited for nor fatal: a full disk must not lock anybody out.
    void apiKeys.touch(key.id, time).catch(() => undefined);
  }
  return { principal: keyPrincipal(user, key), expiresAt: key.expiresAt };
}

function keyPrincipal(user: User, key: ApiKey): Principal {
  return {
    ...identityOf(user),
    scopes: key.scopes.filter((scope) => scope !== 'admin' || user.role === 'admin'),
    keyId: key.id,
    collections: key.collections,
    models: key.models,
    dialects: key.dialects,
    requestsPerMinute: key.requestsPerMinute,
    tokensPerDay: key.tokensPerDay,
  };
}

function identityOf(user: User): Pick<Principal, 'userId' | 'username' | 'role' | 'groups'> {
  return { userId: user.id, username: user.username, role: user.role, groups: user.groups };
}
