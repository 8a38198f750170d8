import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteResponseStore } from '../../src/db/sqlite/sqlite-response-store.ts';
import { responseStoreContract } from '../contracts/response-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

responseStoreContract('SQLite', {
  async openPair() {
    const folder = await temporaryFolder();
    const first = await openDatabase(folder.file('billumy.db'));
    const second = await openDatabase(folder.file('billumy.db'));
    return {
      first: createSqliteResponseStore(first),
      second: createSqliteResponseStore(second),
      async [Symbol.asyncDispose]() {
        await first[Symbol.asyncDispose]();
        await second[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
});
