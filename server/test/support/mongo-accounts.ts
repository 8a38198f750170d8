import type { MongoConnection } from '../../src/db/mongodb/connection.ts';
import { createMongoApiKeyStore } from '../../src/db/mongodb/accounts/mongo-api-key-store.ts';
import { createMongoRefreshTokenStore } from '../../src/db/mongodb/accounts/mongo-refresh-token-store.ts';
import { createMongoSecretStore } from '../../src/db/mongodb/accounts/mongo-secret-store.ts';
import { createMongoUserStore } from '../../src/db/mongodb/accounts/mongo-user-store.ts';
import type { AccountStores, AccountStoresHarness } from './accounts.ts';
import { mongoPair } from './mongo-backend.ts';

export const mongoAccounts: AccountStoresHarness = { openPair: () => mongoPair(mongoAccountStores) };

export function mongoAccountStores(connection: MongoConnection): AccountStores {
  return {
    users: createMongoUserStore(connection),
    apiKeys: createMongoApiKeyStore(connection),
    refreshTokens: createMongoRefreshTokenStore(connection),
    secrets: createMongoSecretStore(connection),
  };
}
