import type { Db } from 'mongodb';
import type { ArchivedSecret } from '../../../models/archive.ts';
import type { ApiKey } from '../../../models/api-key.ts';
import type { RefreshToken } from '../../../models/refresh-token.ts';
import { accountCollections, type ApiKeyRecord, type RefreshTokenRecord } from '../accounts/account-records.ts';
import type { MongoConnection } from '../connection.ts';
import { toApiKey } from '../accounts/mongo-api-key-store.ts';
import type { SecretRecord } from '../accounts/mongo-secret-store.ts';
import { readPages } from './ordered-records.ts';

export function toSecret({ _id, value }: SecretRecord): ArchivedSecret {
  return { name: _id, value: Buffer.from(value.value()).toString('base64') };
}

/** Without those that a crash left of a user that was deleted: they open nothing. */
export async function* readApiKeys(connection: MongoConnection): AsyncGenerator<ApiKey> {
  for await (const page of readPages<ApiKeyRecord>(connection, { collection: 'api_keys' })) {
    const users = await connection.run((database) => usersOf(database, page));
    yield* page.filter(({ userId }) => users.has(userId)).map(toApiKey);
  }
}

/** Without those of logins that were ended, or of users that were deleted. */
export async function* readRefreshTokens(connection: MongoConnection): AsyncGenerator<RefreshToken> {
  for await (const page of readPages<RefreshTokenRecord>(connection, { collection: 'refresh_tokens', key: 'hash' })) {
    const { users, families, usedAt } = await connection.run(async (database) => ({
      users: await usersOf(database, page),
      families: await familiesOf(database, page),
      usedAt: await usesOf(database, page),
    }));
    for (const { hash, familyId, userId, sessionVersion, expiresAt, ...record } of page) {
      if (!users.has(userId) || !families.has(familyId)) continue;
      yield { hash, familyId, userId, sessionVersion, expiresAt, usedAt: usedAt.get(hash) ?? record.usedAt };
    }
  }
}

async function usersOf(database: Db, records: readonly { userId: string }[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(records.map(({ userId }) => userId))];
  const { users } = accountCollections(database);
  const found = await users.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
  return new Set(found.map(({ _id }) => _id));
}

async function familiesOf(database: Db, tokens: readonly RefreshTokenRecord[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(tokens.map(({ familyId }) => familyId))];
  const { logins } = accountCollections(database);
  const found = await logins.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
  return new Set(found.map(({ _id }) => _id));
}

/** When each token was used: its successor, whose id is its hash, tells. */
async function usesOf(database: Db, tokens: readonly RefreshTokenRecord[]): Promise<ReadonlyMap<string, Date | null>> {
  const hashes = tokens.map(({ hash }) => hash);
  const { refreshTokens } = accountCollections(database);
  const successors = await refreshTokens.find({ _id: { $in: hashes } }).toArray();
  return new Map(successors.map(({ _id, madeAt }) => [_id, madeAt]));
}

/** The logins first: a token without one is of no use. Each stands by itself, and notes its use itself. */
export async function writeRefreshTokens(database: Db, tokens: readonly RefreshToken[]): Promise<void> {
  const { logins, refreshTokens } = accountCollections(database);
  await logins.bulkWrite(
    tokens.map(({ familyId, userId, expiresAt }) => ({
      updateOne: {
        filter: { _id: familyId },
        update: { $setOnInsert: { userId }, $max: { expiresAt } },
        upsert: true,
      },
    })),
  );
  await refreshTokens.insertMany(tokens.map((token) => ({ ...token, _id: `first:${token.hash}`, madeAt: null })));
}
