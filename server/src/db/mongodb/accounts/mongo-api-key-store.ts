import type { Collection } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ApiKey } from '../../../models/api-key.ts';
import type { ApiKeyStore } from '../../../ports/api-key-store.ts';
import { decodeCursor, toPage } from '../../cursor.ts';
import { accountCollections, type ApiKeyRecord } from './account-records.ts';
import type { MongoConnection } from '../connection.ts';

export function createMongoApiKeyStore(connection: MongoConnection): ApiKeyStore {
  const withKeys = <T>(work: (keys: Collection<ApiKeyRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(accountCollections(database).apiKeys));

  return {
    async create({ id, ...key }) {
      const owned = await connection.run(async (database) => {
        const { apiKeys, users } = accountCollections(database);
        await apiKeys.insertOne({ ...key, _id: id });
        // After the insertion: whoever deletes the user later removes this key too.
        if ((await users.findOne({ _id: key.userId })) !== null) return true;
        await apiKeys.deleteOne({ _id: id });
        return false;
      });
      if (!owned) throw new AppError('conflict', { detail: told`The user of this key is gone.` });
    },
    async find(id) {
      const record = await withKeys((keys) => keys.findOne({ _id: id }));
      return record === null ? undefined : toApiKey(record);
    },
    async list(userId, { limit, after }) {
      const records = await withKeys((keys) =>
        keys
          .find({ ...(userId === null ? {} : { userId }), ...(after === null ? {} : earlierThan(after)) })
          .sort({ createdAt: -1, _id: -1 })
          .limit(limit + 1)
          .toArray(),
      );
      return toPage(records, limit, {
        item: toApiKey,
        cursor: ({ createdAt, _id }) => [createdAt.getTime(), _id],
      });
    },
    async touch(id, usedAt) {
      await withKeys((keys) => keys.updateOne({ _id: id }, { $max: { lastUsedAt: usedAt } }));
    },
    async delete(id) {
      const { deletedCount } = await withKeys((keys) => keys.deleteOne({ _id: id }));
      if (deletedCount === 0) throw new AppError('not_found');
    },
  };
}

function earlierThan(after: string) {
  const [time, id] = decodeCursor(after, ['number', 'string']) as [number, string];
  const createdAt = new Date(time);
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
}

export function toApiKey({ _id: id, ...key }: ApiKeyRecord): ApiKey {
  return { id, ...key };
}
