import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ApiKey } from '../../models/api-key.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import type { ApiKeyStore } from '../../ports/api-key-store.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { newApiKey } from './api-key-text.ts';
import type { PrincipalCache } from './principal-cache.ts';
import { sha256 } from './secret-text.ts';

/** What the maker of a key chooses. `userId` is whose key it is; an administrator may make one for somebody else. */
export type NewApiKey = Omit<ApiKey, 'id' | 'lastUsedAt' | 'createdAt' | 'secretHash'>;

/** Everybody manages their own keys, administrators everybody's; a key of somebody else is `not_found`. */
export interface ApiKeys {
  /**
   * The key and, this once, its text `bil_<id>_<secret>`. Rejects with `scope_missing` for scopes that the maker does
   * not have, `forbidden` for somebody else's keys and for the scope `admin` of a member.
   */
  create(principal: Principal, wanted: NewApiKey): Promise<{ key: ApiKey; text: string }>;
  list(principal: Principal, page: PageRequest): Promise<Page<ApiKey>>;
  get(principal: Principal, id: string): Promise<ApiKey>;
  /** In force at once. */
  delete(principal: Principal, id: string): Promise<void>;
}

export interface ApiKeysPorts {
  users: UserStore;
  apiKeys: ApiKeyStore;
  principals: PrincipalCache;
  now: () => Date;
}

export function createApiKeys({ users, apiKeys, principals, now }: ApiKeysPorts): ApiKeys {
  const get = async (principal: Principal, id: string): Promise<ApiKey> => {
    assertMayManage(principal);
    const key = await apiKeys.find(id);
    if (key === undefined || !(isAdministrator(principal) || key.userId === principal.userId)) {
      throw new AppError('not_found');
    }
    return key;
  };
  return {
    async create(principal, wanted) {
      assertMayMake(principal, wanted);
      const owner = await users.find(wanted.userId);
      if (owner === undefined) throw new AppError('not_found', { detail: told`There is no user with that id.` });
      if (wanted.scopes.includes('admin') && owner.role !== 'admin') {
        throw new AppError('forbidden', {
          detail: told`A key with the scope "admin" must belong to an administrator.`,
        });
      }
      const createdAt = now();
      if (wanted.expiresAt !== null && wanted.expiresAt <= createdAt) {
        throw new AppError('invalid_request', {
          issues: [{ path: 'expires_at', message: told`must be in the future` }],
        });
      }
      const { id, secret, text } = newApiKey();
      const key = { ...wanted, id, createdAt, lastUsedAt: null, secretHash: sha256(secret) };
      await apiKeys.create(key);
      return { key, text };
    },
    async list(principal, page) {
      assertMayManage(principal);
      return apiKeys.list(isAdministrator(principal) ? null : principal.userId, page);
    },
    get,
    async delete(principal, id) {
      const key = await get(principal, id);
      await apiKeys.delete(key.id);
      principals.clear();
    },
  };
}

/** A stolen key must not show or end the other keys of its owner, except one that may do everything anyway. */
function assertMayManage(principal: Principal): void {
  if (principal.keyId === null || isAdministrator(principal)) return;
  throw new AppError('forbidden', { detail: told`Keys are managed after logging in with a password.` });
}

function assertMayMake(principal: Principal, wanted: NewApiKey): void {
  // Else whoever finds a key could make others that outlive it.
  if (principal.keyId !== null) {
    throw new AppError('forbidden', { detail: told`Keys are made after logging in with a password, not with a key.` });
  }
  const missing = wanted.scopes.find((scope) => !principal.scopes.includes(scope));
  if (missing !== undefined) {
    throw new AppError('scope_missing', { detail: told`You cannot give a key the scope "${missing}": you lack it.` });
  }
  if (wanted.userId !== principal.userId && !isAdministrator(principal)) {
    throw new AppError('forbidden', { detail: told`Only administrators make keys for somebody else.` });
  }
}

function isAdministrator(principal: Principal): boolean {
  return principal.scopes.includes('admin');
}
