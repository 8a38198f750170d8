/** What SQLite takes and gives: dates and booleans are numbers, JSON is text. */
export type SqlValue = string | number | null | Uint8Array;
export type Row = Record<string, SqlValue>;

export interface Statement {
  sql: string;
  values?: readonly SqlValue[];
  /** The transaction is undone, and `transaction` resolves to undefined, when another number of rows changed. */
  expectChanges?: number;
}

export interface StatementResult {
  rows: Row[];
  changes: number;
}
