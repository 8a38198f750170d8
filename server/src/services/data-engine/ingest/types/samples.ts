import type { DuckDBConnection } from '@duckdb/node-api';
import { stagedTable } from '../staged-table.ts';

/** Their expressions and values are in memory at the same time; a table may have a thousand. */
const columnsAtOnce = 50;
/** Longer values are left out, so that a sample stays small. */
const longestValue = 200;

/**
 * The first values of columns of text, in their order, without those that are long. For some columns at a time, so that
 * they are not all in memory.
 * @param names as `staged` calls them
 */
export async function* samplesOf(
  connection: DuckDBConnection,
  { names, rows }: { names: readonly string[]; rows: number },
): AsyncIterable<readonly string[]> {
  for (let first = 0; first < names.length; first += columnsAtOnce) {
    const some = names.slice(first, first + columnsAtOnce);
    const list = some.map((name) => `CASE WHEN strlen(${name}) <= ${longestValue} THEN ${name} END`);
    const reader = await connection.runAndReadAll(
      `SELECT ${list.join(', ')} FROM (SELECT ${some.join(', ')} FROM ${stagedTable} LIMIT ${rows})`,
    );
    // Of a table without rows, there are no columns here.
    const columns = reader.getColumns();
    for (const index of some.keys()) {
      yield (columns[index] ?? []).flatMap((value) => (typeof value === 'string' ? [value] : []));
    }
  }
}

/** Whether a whole value has the pattern: one that RE2 and JavaScript read in the same way. */
export function fullMatch(pattern: string): (value: string) => boolean {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (value) => whole.test(value);
}
