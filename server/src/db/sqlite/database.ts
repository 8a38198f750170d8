import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { openConnection } from './connection.ts';
import type { Row, SqlValue, Statement, StatementResult } from './statement.ts';

/**
 * One SQLite file, read and written in worker threads so that the event loop never waits for a disk. Writes are on the
 * disk (`synchronous=FULL`) when their promise resolves; a read started then sees them. Errors arrive as
 * `storage_failed`, unique violations as `already_exists`, references to a row that is gone as `conflict`, a full disk
 * as `disk_full`. A thread that dies rejects what it was doing; the next call starts it again.
 */
export interface Database extends AsyncDisposable {
  all(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** A write of one statement; `returning` rows come back. */
  run(sql: string, values?: readonly SqlValue[]): Promise<StatementResult>;
  /** All statements or none; undefined when an `expectChanges` was not met. */
  transaction(statements: readonly Statement[]): Promise<StatementResult[] | undefined>;
}

/** Opens the file, bringing its schema up to date; rejects when it was written by a newer version of the product. */
export async function openDatabase(path: string): Promise<Database> {
  const writer = await openConnection(path, 'writer');
  const reader = await openConnection(path, 'reader').catch(async (error: unknown) => {
    await writer.close();
    throw error;
  });
  return {
    all: async (sql, values = []) => first(await reader.send([{ sql, values }])).rows,
    run: async (sql, values = []) => first(await writer.send([{ sql, values }])),
    transaction: (statements) => writer.send(statements),
    async [Symbol.asyncDispose]() {
      await reader.close();
      await writer.close();
    },
  };
}

function first(results: StatementResult[] | undefined): StatementResult {
  const result = results?.[0];
  if (result === undefined) throw new AppError('internal', { detail: told`a statement gave no result` });
  return result;
}
