import { expect, it } from 'vitest';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { openSqliteIdempotencyStore } from '../../src/db/sqlite/sqlite-idempotency-store.ts';
import { idempotencyStoreContract } from '../contracts/idempotency-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

idempotencyStoreContract('SQLite', {
  async open() {
    const folder = await temporaryFolder();
    const database = await openDatabase(folder.file('data.db'));
    return {
      store: await openSqliteIdempotencyStore(database),
      async [Symbol.asyncDispose]() {
        await database[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
});

it('frees the keys of runs that a crash cut off when it is opened again', async () => {
  await using folder = await temporaryFolder();
  const claim = { fingerprint: 'print', now: new Date(1000), expiresBefore: new Date(0) };
  {
    await using database = await openDatabase(folder.file('data.db'));
    const store = await openSqliteIdempotencyStore(database);
    await store.claim('cut off', claim);
    await store.claim('completed', claim);
    await store.complete('completed', { status: 200, headers: {}, body: '' });
  }
  await using database = await openDatabase(folder.file('data.db'));
  const store = await openSqliteIdempotencyStore(database);
  expect(await store.claim('cut off', claim)).toEqual({ state: 'first' });
  expect(await store.claim('completed', claim)).toMatchObject({ state: 'completed' });
});
