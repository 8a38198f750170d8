import type { Database } from '../database.ts';
import type { Row, SqlValue } from '../statement.ts';

export interface TableRows {
  /** A table, or a query in parentheses. */
  from: string;
  /** The columns that tell rows apart, in whose order they come. */
  key: readonly string[];
  where?: string;
}

/** So few that a page of the largest rows, those of answers, is some megabytes. */
const rowsAtOnce = 100;

/** All rows, read page by page; those that are added or removed meanwhile may be among them or not. */
export async function* readRows(database: Database, { from, key, where = 'true' }: TableRows): AsyncGenerator<Row> {
  const columns = key.join(', ');
  const later = `and (${columns}) > (${key.map(() => '?').join(', ')})`;
  let last: SqlValue[] = [];
  for (;;) {
    const rows = await database.all(
      `select * from ${from} where ${where} ${last.length === 0 ? '' : later} order by ${columns} limit ${rowsAtOnce}`,
      last,
    );
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < rowsAtOnce) return;
    last = key.map((column) => end[column] ?? null);
  }
}

export async function countRows(database: Database, { from, where = 'true' }: TableRows): Promise<number> {
  const [row] = await database.all(`select count(*) as rows from ${from} where ${where}`);
  return Number(row?.['rows']);
}
