import type SqliteDatabase from 'libsql';
import { migrations } from './migrations/index.ts';
import { told } from '../../errors/told.ts';
import { ToldError } from '../../errors/told-error.ts';

/** Thrown for a file that only a newer version of the product can read. */
export class NewerSchemaError extends ToldError {
  override readonly name = 'NewerSchemaError';
}

/**
 * Brings the schema to the newest version, each step in a transaction of its own, so that a step is there completely
 * or not at all, also when two processes open the same new file; throws NewerSchemaError for a file from the future.
 */
export function migrate(database: SqliteDatabase.Database, steps: readonly string[] = migrations): void {
  let version = schemaVersion(database);
  if (version > steps.length) {
    throw new NewerSchemaError(
      told`The data was written by a newer version of Billumy (schema ${version}; this version knows ${steps.length}).`,
    );
  }
  while (version < steps.length) version = migrateOnce(database, steps);
}

function migrateOnce(database: SqliteDatabase.Database, steps: readonly string[]): number {
  database.exec('begin immediate');
  // Read again under the lock: another process may have done this step meanwhile.
  const version = schemaVersion(database);
  const step = steps[version];
  if (step !== undefined) database.exec(`${step}; pragma user_version = ${version + 1}`);
  database.exec('commit');
  return schemaVersion(database);
}

function schemaVersion(database: SqliteDatabase.Database): number {
  return (database.prepare('pragma user_version').raw(true).get() as [number])[0];
}
