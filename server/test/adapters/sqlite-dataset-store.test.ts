import { readdir, utimes } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createSqliteDatasetStore } from '../../src/db/sqlite/sqlite-dataset-store.ts';
import { writeDurably } from '../../src/process/durable-file.ts';
import { datasetStoreContract } from '../contracts/dataset-store-contract.ts';
import { sqlitePair } from '../support/sqlite-backend.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function openPair() {
  const folder = await temporaryFolder();
  const directory = folder.file('datasets');
  const { first, second, ...pair } = await sqlitePair((database) => createSqliteDatasetStore({ database, directory }));
  return {
    first,
    second,
    directory,
    async [Symbol.asyncDispose]() {
      await pair[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

datasetStoreContract('SQLite', { openPair });

it('removes files that a crash left, when nobody can be writing them any more', async () => {
  await using pair = await openPair();
  const now = new Date();
  await writeDurably(`${pair.directory}/dat_old`, 'rubbish');
  await writeDurably(`${pair.directory}/dat_new`, 'just written, its row comes');
  await utimes(`${pair.directory}/dat_old`, now, new Date(now.getTime() - 2 * 60 * 60_000));
  await pair.first.removeExpired(now);
  expect(await readdir(pair.directory)).toEqual(['dat_new']);
});
