import type { DuckDBConnection } from '@duckdb/node-api';

/** Rows of a statement of this service, each value as text. */
export async function askRows(connection: DuckDBConnection, sql: string): Promise<(string | null)[][]> {
  const result = await connection.runAndReadAll(sql);
  return result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
}

/** The numbers in the only row of such a result; null counts as 0. */
export async function askNumbers(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const [row = []] = await askRows(connection, sql);
  return row.map(Number);
}
