import type SqliteDatabase from 'libsql';

export type Values = readonly (string | number | null | Buffer)[];

export interface Statements {
  run(sql: string, ...values: Values): void;
  /** Rows as arrays in the order of the columns: faster than objects, and blobs are Buffers. */
  rows<Row extends readonly unknown[]>(sql: string, ...values: Values): Row[];
}

/** The statements of a connection, each prepared once. */
export function prepareOnce(database: SqliteDatabase.Database): Statements {
  const prepared = new Map<string, SqliteDatabase.Statement>();
  const statement = (sql: string): SqliteDatabase.Statement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = database.prepare(sql);
    prepared.set(sql, fresh.reader ? fresh.raw(true) : fresh);
    return prepared.get(sql)!;
  };
  return {
    run: (sql, ...values) => void statement(sql).run(...values),
    rows: <Row extends readonly unknown[]>(sql: string, ...values: Values) => statement(sql).all(...values) as Row[],
  };
}

/** All of it or nothing; the write lock is taken at once, so what is read inside stays true. */
export function inTransaction<Result>(database: SqliteDatabase.Database, work: () => Result): Result {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

/** Several reads of one state of the file. */
export function inSnapshot<Result>(database: SqliteDatabase.Database, work: () => Result): Result {
  database.exec('begin');
  try {
    return work();
  } finally {
    database.exec('commit');
  }
}
