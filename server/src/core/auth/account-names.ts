import type { ApiKeyStore } from '../../ports/api-key-store.ts';
import type { UserStore } from '../../ports/user-store.ts';

/** What accounts and keys are called, for those who are shown their ids. */
export interface AccountNames {
  /** By id; those that are gone, or never were in the store, are left out. */
  of(ids: readonly (string | null)[]): Promise<ReadonlyMap<string | null, string>>;
}

export interface AccountNamesPorts {
  users: Pick<UserStore, 'find'>;
  apiKeys: Pick<ApiKeyStore, 'find'>;
}

/** What ids of accounts begin with; those of keys do not. */
const accountPrefix = 'usr_';

export function createAccountNames({ users, apiKeys }: AccountNamesPorts): AccountNames {
  const nameOf = async (id: string): Promise<string | undefined> =>
    id.startsWith(accountPrefix) ? (await users.find(id))?.username : (await apiKeys.find(id))?.name;

  return {
    async of(ids) {
      const known = [...new Set(ids)].filter((id) => id !== null);
      const named = await Promise.all(known.map(async (id) => [id, await nameOf(id)] as const));
      return new Map(named.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
    },
  };
}
