import type SqliteDatabase from 'libsql';
import { migrations } from './migrations/index.ts';

/** Brings the schema to the newest version, each step in a transaction of its own; throws for a file from the future. */
export function migrate(database: SqliteDatabase.Database): void {
  const version = (database.prepare('pragma user_version').raw(true).get() as [number])[0];
  if (version > migrations.length) {
    throw new Error(
      `the data was written by a newer version of Billumy (schema ${version}, this version knows ${migrations.length})`,
    );
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`begin immediate; ${migration}; pragma user_version = ${index + 1}; commit;`);
  }
}
