import { Binary } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import type { SecretStore } from '../../../ports/secret-store.ts';
import type { MongoConnection } from '../connection.ts';
import { ignoreDuplicateKey } from '../errors.ts';

export interface SecretRecord {
  _id: string;
  value: Binary;
}

export function createMongoSecretStore(connection: MongoConnection): SecretStore {
  return {
    async getOrCreate(name, made) {
      const record = await connection.run(async (database) => {
        const secrets = database.collection<SecretRecord>('secrets');
        await secrets
          .updateOne({ _id: name }, { $setOnInsert: { value: new Binary(made) } }, { upsert: true })
          .catch(ignoreDuplicateKey);
        return secrets.findOne({ _id: name });
      });
      if (record === null) throw new AppError('storage_failed', { cause: new Error('a secret was removed') });
      return new Uint8Array(record.value.value());
    },
  };
}
