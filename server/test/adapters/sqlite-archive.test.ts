import { createSqliteArchive } from '../../src/db/sqlite/archive/sqlite-archive.ts';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { archiveContract } from '../contracts/archive-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

archiveContract('SQLite', {
  async openPair() {
    const folder = await temporaryFolder();
    const first = await openDatabase(folder.file('billumy.db'));
    const second = await openDatabase(folder.file('billumy.db'));
    return {
      first: createSqliteArchive({ database: first, directory: folder.path }),
      second: createSqliteArchive({ database: second, directory: folder.path }),
      async [Symbol.asyncDispose]() {
        await first[Symbol.asyncDispose]();
        await second[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
  completeState: 'usable',
});
