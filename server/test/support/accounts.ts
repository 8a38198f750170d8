import { openDatabase, type Database } from '../../src/db/sqlite/database.ts';
import { createSqliteApiKeyStore } from '../../src/db/sqlite/sqlite-api-key-store.ts';
import { createSqliteRefreshTokenStore } from '../../src/db/sqlite/sqlite-refresh-token-store.ts';
import { createSqliteSecretStore } from '../../src/db/sqlite/sqlite-secret-store.ts';
import { createSqliteUserStore } from '../../src/db/sqlite/sqlite-user-store.ts';
import { newId } from '../../src/models/new-id.ts';
import type { User } from '../../src/models/user.ts';
import type { ApiKeyStore } from '../../src/ports/api-key-store.ts';
import type { RefreshTokenStore } from '../../src/ports/refresh-token-store.ts';
import type { SecretStore } from '../../src/ports/secret-store.ts';
import type { UserStore } from '../../src/ports/user-store.ts';
import type { Deviation } from './define-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface AccountStores {
  users: UserStore;
  apiKeys: ApiKeyStore;
  refreshTokens: RefreshTokenStore;
  secrets: SecretStore;
}

/** The stores of accounts, which refer to each other, as two clients of one new and empty backend. */
export interface AccountStoresHarness {
  deviations?: readonly Deviation[];
  openPair(): Promise<AsyncDisposable & { first: AccountStores; second: AccountStores }>;
}

export const sqliteAccounts: AccountStoresHarness = {
  async openPair() {
    const folder = await temporaryFolder();
    const databases = [
      await openDatabase(folder.file('accounts.db')),
      await openDatabase(folder.file('accounts.db')),
    ] as const;
    return {
      first: sqliteAccountStores(databases[0]),
      second: sqliteAccountStores(databases[1]),
      async [Symbol.asyncDispose]() {
        for (const database of databases) await database[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
};

export function sqliteAccountStores(database: Database): AccountStores {
  return {
    users: createSqliteUserStore(database),
    apiKeys: createSqliteApiKeyStore(database),
    refreshTokens: createSqliteRefreshTokenStore(database),
    secrets: createSqliteSecretStore(database),
  };
}

export function sampleUser(change: Partial<User> = {}): User {
  return {
    id: newId('usr'),
    username: newId('name'),
    role: 'member',
    groups: [],
    passwordHash: '$argon2id$',
    sessionVersion: 1,
    disabled: false,
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
    ...change,
  };
}
