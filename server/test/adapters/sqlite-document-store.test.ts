import { openSqliteDocumentStore } from '../../src/db/sqlite/sqlite-document-store.ts';
import { documentStoreContract } from '../contracts/document-store-contract.ts';
import { createClock, sqliteBackend } from '../support/sqlite-backend.ts';

const clock = createClock();

documentStoreContract('SQLite', {
  passTime: clock.passTime,
  newBackend: () =>
    sqliteBackend((database, folder) =>
      openSqliteDocumentStore({ database, directory: folder.file('documents'), now: clock.now }),
    ),
});
