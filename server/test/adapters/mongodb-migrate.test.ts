import { MongoClient, type Db } from 'mongodb';
import { expect, it } from 'vitest';
import { migrate } from '../../src/db/mongodb/migrate.ts';
import type { Migration } from '../../src/db/mongodb/migrations/index.ts';
import { describeOnMongo, mongoUrl, newDatabaseName } from '../support/mongo-backend.ts';

interface SchemaRecord {
  _id: string;
}

async function newDatabase(): Promise<AsyncDisposable & { database: Db }> {
  const client = new MongoClient(mongoUrl);
  const database = client.db(newDatabaseName());
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.dropDatabase();
      await client.close();
    },
  };
}

const setSchema = (database: Db, record: object) =>
  database.collection<SchemaRecord>('schema').replaceOne({ _id: 'schema' }, record, { upsert: true });

describeOnMongo(() => {
  it('makes each step once, in order, however many start at once', async () => {
    await using opened = await newDatabase();
    const made: number[] = [];
    const steps = [1, 2, 3].map((step): Migration => async (database) => {
      await database.collection('made').insertOne({ step });
      made.push(step);
    });
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => migrate(opened.database, { holder: String(index), steps })),
    );
    expect(made).toEqual([1, 2, 3]);
    await migrate(opened.database, { holder: 'late', steps });
    expect(made).toEqual([1, 2, 3]);
  });

  it('makes a step again that failed, and those before it not', async () => {
    await using opened = await newDatabase();
    const made: string[] = [];
    const steps: Migration[] = [
      async () => void made.push('first'),
      async () => {
        made.push('second');
        if (made.length === 2) throw new Error('cut off');
      },
    ];
    await expect(migrate(opened.database, { holder: 'one', steps })).rejects.toThrow('cut off');
    await migrate(opened.database, { holder: 'other', steps });
    expect(made).toEqual(['first', 'second', 'second']);
  });

  it('refuses the data of a newer version, saying so', async () => {
    await using opened = await newDatabase();
    await setSchema(opened.database, { version: 900 });
    await expect(migrate(opened.database, { holder: 'one', steps: [] })).rejects.toMatchObject({
      code: 'part_unavailable',
      detail:
        'The data in MongoDB was written by a newer version of Billumy (schema 900; this version knows 0): start that version.',
    });
  });

  it('waits for whoever makes a step, for a while, and takes over when it died', async () => {
    await using opened = await newDatabase();
    const steps: Migration[] = [async () => undefined];
    const lease = { version: 0, holder: 'dead' };
    await setSchema(opened.database, { ...lease, leasedUntil: new Date(Date.now() + 60_000) });
    const impatient = migrate(opened.database, { holder: 'one', steps, patienceMs: 300 });
    await expect(impatient).rejects.toMatchObject({ code: 'part_unavailable' });
    await migrate(opened.database, { holder: 'dead', steps });
    await setSchema(opened.database, { ...lease, leasedUntil: new Date(Date.now() - 1) });
    await migrate(opened.database, { holder: 'one', steps });
  });
});
