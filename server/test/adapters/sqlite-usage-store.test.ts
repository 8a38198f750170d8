import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteUsageStore } from '../../src/db/sqlite/sqlite-usage-store.ts';
import { usageStoreContract } from '../contracts/usage-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

usageStoreContract('SQLite', {
  async openPair() {
    const folder = await temporaryFolder();
    const databases = [await openDatabase(folder.file('data.db')), await openDatabase(folder.file('data.db'))] as const;
    return {
      first: createSqliteUsageStore(databases[0]),
      second: createSqliteUsageStore(databases[1]),
      async [Symbol.asyncDispose]() {
        for (const database of databases) await database[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
});
