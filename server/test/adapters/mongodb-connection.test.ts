import { expect, it } from 'vitest';
import { databaseOf, openMongo } from '../../src/db/mongodb/connection.ts';
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

it('can be closed while it connects', async () => {
  const connection = openMongo({ url: 'mongodb://127.0.0.1:1' });
  const [refusal] = await Promise.allSettled([connection.check(), connection[Symbol.asyncDispose]()]);
  expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'part_unavailable' } });
});

it.each([
  ['mongodb://host', 'billumy'],
  ['mongodb://host:27017/', 'billumy'],
  ['mongodb://host/?tls=true', 'billumy'],
  ['mongodb://host/wissen', 'wissen'],
  ['mongodb://ana:ge%2Fheim@one:27017,two:27018/wissen%201?replicaSet=rs0&tlsCAFile=/etc/ca.pem', 'wissen 1'],
  ['mongodb+srv://cluster.example.com/wissen?authSource=admin', 'wissen'],
])('takes the database of %s', (url, name) => {
  expect(databaseOf(url)).toBe(name);
});

it.each(['mongodb://ana:ge%heim@host/', 'mongodb://ana:geheim@host/%', 'mongodb://ana:geheim@host/?nonsense=1'])(
  'refuses %s, which the driver does not understand, without repeating it',
  (url) => {
    expect(() => openMongo({ url })).toThrow(
      expect.objectContaining({
        code: 'storage_failed',
        detail: expect.not.stringContaining('heim'),
        cause: undefined,
      }),
    );
  },
);
