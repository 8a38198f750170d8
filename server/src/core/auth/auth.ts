import type { Principal } from '../../models/principal.ts';
import type { ApiKeyStore } from '../../ports/api-key-store.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { RefreshTokenStore } from '../../ports/refresh-token-store.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { createAccountNames, type AccountNames } from './account-names.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createApiKeys, type ApiKeys } from './api-keys.ts';
import { createAuthenticate } from './authenticate.ts';
import { createLoginThrottle } from './login-throttle.ts';
import { createPasswords } from './passwords.ts';
import { createPrincipalCache } from './principal-cache.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createUsers, type Users } from './users.ts';

export interface AuthPorts {
  users: UserStore;
  apiKeys: ApiKeyStore;
  refreshTokens: RefreshTokenStore;
  secrets: SecretStore;
  rateLimits: RateLimits;
  /** A key from the settings, any text: it may ask and nothing else. */
  presetKey: string | null;
  now: () => Date;
}

/** Who is asking, and what they may do. */
export interface Auth {
  /** Rejects with `unauthenticated` or `token_expired`. */
  authenticate(authorization: string | undefined): Promise<Principal>;
  sessions: Sessions;
  users: Users;
  apiKeys: ApiKeys;
  quotas: Quotas;
  names: AccountNames;
}

export function createAuth(ports: AuthPorts): Auth {
  const { rateLimits, now } = ports;
  const shared = {
    ...ports,
    accessTokens: createAccessTokens(ports),
    passwords: createPasswords(),
    throttle: createLoginThrottle(rateLimits),
    principals: createPrincipalCache(now),
  };
  return {
    authenticate: createAuthenticate(shared),
    sessions: createSessions(shared),
    users: createUsers(shared),
    apiKeys: createApiKeys(shared),
    quotas: createQuotas(rateLimits),
    names: createAccountNames(ports),
  };
}
