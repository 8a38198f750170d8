import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqlitePersonaStore } from '../../src/db/sqlite/sqlite-persona-store.ts';
import { personaStoreContract } from '../contracts/persona-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

personaStoreContract('SQLite', {
  async openPair() {
    const folder = await temporaryFolder();
    const first = await openDatabase(folder.file('billumy.db'));
    const second = await openDatabase(folder.file('billumy.db'));
    return {
      first: createSqlitePersonaStore(first),
      second: createSqlitePersonaStore(second),
      async [Symbol.asyncDispose]() {
        await first[Symbol.asyncDispose]();
        await second[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
});
