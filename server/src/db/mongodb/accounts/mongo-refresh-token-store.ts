import type { RefreshToken } from '../../../models/refresh-token.ts';
import type { RefreshTokenStore } from '../../../ports/refresh-token-store.ts';
import { accountCollections, type AccountCollections, type RefreshTokenRecord } from './account-records.ts';
import type { MongoConnection } from '../connection.ts';
import { ignoreDuplicateKey } from '../errors.ts';
import { sweepTime } from '../sweep-time.ts';

/**
 * A successor is stored under the hash of the token that it comes from: this one insertion uses that token up, and
 * only the first of many can be made. A login ends with its own record, so that a successor which is made at that
 * moment is of no use.
 */
export function createMongoRefreshTokenStore(connection: MongoConnection): RefreshTokenStore {
  const withTokens = <T>(work: (collections: AccountCollections) => Promise<T>): Promise<T> =>
    connection.run((database) => work(accountCollections(database)));

  return {
    async create(token) {
      await withTokens(async ({ logins, refreshTokens }) => {
        const { userId, expiresAt } = token;
        const sweepAt = sweepTime(expiresAt.getTime());
        await refreshTokens.insertOne({ ...token, _id: `first:${token.hash}`, madeAt: null, sweepAt });
        const login = { $setOnInsert: { userId }, $max: { expiresAt, sweepAt } };
        await logins.updateOne({ _id: token.familyId }, login, { upsert: true }).catch(ignoreDuplicateKey);
      });
    },
    find: (hash) => withTokens((collections) => find(collections, hash)),
    async hasFamily(familyId) {
      return withTokens(async ({ logins }) => (await logins.findOne({ _id: familyId })) !== null);
    },
    async rotate(hash, successor, usedAt) {
      return withTokens(async (collections) => {
        const used = await find(collections, hash);
        if (used === undefined) return false;
        if (used.usedAt === null) {
          const sweepAt = sweepTime(successor.expiresAt.getTime());
          const record = { ...successor, _id: hash, madeAt: usedAt, sweepAt };
          await collections.refreshTokens.insertOne(record).catch(ignoreDuplicateKey);
        }
        const made = await collections.refreshTokens.findOne({ _id: hash });
        return made?.hash === successor.hash;
      });
    },
    async deleteFamily(familyId) {
      await withTokens(async ({ logins, refreshTokens }) => {
        await logins.deleteOne({ _id: familyId });
        await refreshTokens.deleteMany({ familyId });
      });
    },
    async deleteExpired(now) {
      await withTokens(async ({ logins, refreshTokens }) => {
        const expired = { expiresAt: { $lte: now } };
        await logins.deleteMany(expired);
        await refreshTokens.deleteMany(expired);
      });
    },
  };
}

async function find({ logins, refreshTokens }: AccountCollections, hash: string): Promise<RefreshToken | undefined> {
  const record = await refreshTokens.findOne({ hash });
  if (record === null || (await logins.findOne({ _id: record.familyId })) === null) return undefined;
  const successor = await refreshTokens.findOne({ _id: hash });
  return toRefreshToken(record, successor?.madeAt ?? record.usedAt);
}

function toRefreshToken(
  { familyId, userId, sessionVersion, expiresAt, hash }: RefreshTokenRecord,
  usedAt: Date | null,
): RefreshToken {
  return { hash, familyId, userId, sessionVersion, expiresAt, usedAt };
}
