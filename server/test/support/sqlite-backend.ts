import { openDatabase, type Database } from '../../src/db/sqlite/database.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

/** A new SQLite file; every `open` is an adapter over a connection of its own, as another process would have. */
export async function sqliteBackend<T extends AsyncDisposable>(
  open: (database: Database, folder: Folder) => T,
): Promise<AsyncDisposable & { open(): Promise<T> }> {
  const folder = await temporaryFolder();
  const databases: Database[] = [];
  return {
    async open() {
      const database = await openDatabase(folder.file('billumy.db'));
      databases.push(database);
      return open(database, folder);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A clock that stands still until time is passed. */
export function createClock(): { now(): Date; passTime(milliseconds: number): void } {
  let milliseconds = Date.UTC(2026, 0, 1);
  return {
    now: () => new Date(milliseconds),
    passTime: (passed) => {
      milliseconds += passed;
    },
  };
}

/** Two clients of one new file. */
export async function sqlitePair<T>(
  create: (database: Database) => T,
): Promise<AsyncDisposable & { first: T; second: T }> {
  const folder = await temporaryFolder();
  const first = await openDatabase(folder.file('billumy.db'));
  const second = await openDatabase(folder.file('billumy.db'));
  return {
    first: create(first),
    second: create(second),
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]();
      await second[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
