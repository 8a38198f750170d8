import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../../../models/sql.ts';
import { askNumbers } from '../../ask.ts';
import { stagedName, stagedTable, type StagedWarning } from '../staged-table.ts';

/** Looking into so many at once takes little memory; a table may have a thousand. */
const columnsAtOnce = 50;
const anyDelimiter = /[\t;|,]/;

/**
 * Whether a quoted text has a line, behind its first one, with as many cells as a row: then two quotation marks that
 * are not closed may have closed each other. Of a table with one column, any two cells count.
 */
export function readsLikeRow(text: string, { delimiter, columns }: { delimiter: string; columns: number }): boolean {
  const [, ...lines] = text.split('\n');
  return lines.some((line) => (columns === 1 ? anyDelimiter.test(line) : line.split(delimiter).length === columns));
}

/** Warnings of columns of `staged` with such texts: they can be what they seem, so they are read. */
export async function findSwallowedRows(
  connection: DuckDBConnection,
  { names, delimiter }: { names: readonly string[]; delimiter: string },
): Promise<StagedWarning[]> {
  // A text with commas in the only column of a table is more often just that.
  if (names.length === 1) return [];
  const quoted = quoteText(delimiter);
  const isRow = `length(line) - length(replace(line, ${quoted}, '')) = ${names.length - 1}`;
  const warnings: StagedWarning[] = [];
  for (const index of await columnsWithLines(connection, names.length)) {
    const cell = stagedName(index);
    const lines = `list_filter(string_split(${cell}, chr(10))[2:], lambda line : ${isRow})`;
    const [count = 0] = await askNumbers(
      connection,
      `SELECT count(*) FROM (SELECT ${cell} FROM ${stagedTable} WHERE contains(${cell}, chr(10))) WHERE len(${lines}) > 0`,
    );
    if (count > 0) warnings.push({ code: 'rows_in_cell', column: names[index] ?? null, count });
  }
  return warnings;
}

async function columnsWithLines(connection: DuckDBConnection, columns: number): Promise<number[]> {
  const found: number[] = [];
  for (let first = 0; first < columns; first += columnsAtOnce) {
    const some = Array.from({ length: Math.min(columnsAtOnce, columns - first) }, (_, index) => first + index);
    const list = some.map((index) => `count(*) FILTER (contains(${stagedName(index)}, chr(10)))`);
    const counts = await askNumbers(connection, `SELECT ${list.join(', ')} FROM ${stagedTable}`);
    found.push(...some.filter((_, place) => (counts[place] ?? 0) > 0));
  }
  return found;
}
