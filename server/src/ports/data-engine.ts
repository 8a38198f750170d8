import type { CsvForm, LoadedTable, QueryResult, TableFormat } from '../models/table.ts';

/** Runs SQL over tables, in processes that can do nothing else and may die. Many sessions at once; a bounded number waits. */
export interface DataEngine extends AsyncDisposable {
  /** Name and version of what runs the SQL. */
  readonly traits: { readonly engine: string };
  /**
   * Reads the tables, and answers queries over them until the session is closed. Rejects with `table_broken`, whose detail
   * names table, row and column, with `table_too_large`, with `timeout` at the deadline, with `overloaded`, and with the
   * reason of the signal.
   */
  open(tables: readonly TableSource[], options: SessionOptions): Promise<DataSession>;
}

export interface TableSource {
  /** A name for SQL: letters, digits and `_`. */
  name: string;
  format: TableFormat;
  csv: CsvForm;
  /** Its bytes. The same `digest` and form need not be read again. */
  content(): AsyncIterable<Uint8Array>;
  digest: string;
}

export interface SessionOptions {
  /** Aborting ends the session, and kills what runs in it. */
  signal: AbortSignal;
  /** For everything in this session, in milliseconds from now. */
  deadlineMs: number;
}

/** The tables of one request. Closing it twice is fine. */
export interface DataSession extends AsyncDisposable {
  readonly tables: readonly LoadedTable[];
  /**
   * Runs a statement of this service. Names and values of strangers are quoted by whoever writes it. Rejects with
   * `timeout`, and with `sql_failed` for what the statement itself cannot.
   */
  query(sql: string): Promise<QueryResult>;
  /**
   * Runs a statement that a model or a person wrote, when it is one that only reads these tables with functions that are
   * on the list. Rejects with `sql_denied`, whose detail says what is not allowed, with `sql_failed`, whose detail
   * is the message of the engine, and with `timeout`; after each of them the session can still be used.
   */
  queryUntrusted(sql: string): Promise<QueryResult>;
}
