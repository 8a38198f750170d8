import { expect, it } from 'vitest';
import { openMongo } from '../../src/db/mongodb/connection.ts';
import { migrations } from '../../src/db/mongodb/migrations/index.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  it('prepares the schema once, whoever asks first', async () => {
    await using pair = await mongoPair((connection) => connection);
    await Promise.all([pair.first.check(), pair.second.check(), pair.first.check()]);
    const record = await pair.first.run((database) => database.collection('schema').findOne());
    expect(record).toMatchObject({ version: migrations.length, holder: null });
  });
});

it('says that a server is absent, and closes twice', async () => {
  const connection = openMongo({ url: 'mongodb://ana:geheim@127.0.0.1:1/' });
  await expect(connection.check()).rejects.toMatchObject({
    code: 'part_unavailable',
    detail: 'MongoDB cannot be reached: check that it runs, and the address in MONGO_URL.',
    retryAfterSeconds: 5,
  });
  await connection[Symbol.asyncDispose]();
  await connection[Symbol.asyncDispose]();
  await expect(connection.check()).rejects.toMatchObject({ code: 'storage_failed' });
});
