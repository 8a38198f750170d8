import type { DataWarning, LoadedTable } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { quoteName } from '../../../models/sql.ts';
import type { ColumnFacts } from './column-facts.ts';
import { identifierOf } from './identifiers.ts';

const toldNulls = 0.05;
const mixedShare = 0.5;
// A number as people write it, with a currency or a percent sign, and a day in one of the usual orders.
const writtenNumber =
  /^\s*[-+(]?\s*(?:R\$|US\$|€|\$|£)?\s*[-+]?(?:\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]\d+)?\s*(?:%|R\$|€)?\)?\s*$/;
const writtenDay = /^\s*(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})(?:[ T]\d{1,2}:.*)?\s*$/;

/** Columns with nothing, one thing, holes or several kinds of things in them. */
export function columnWarnings(facts: readonly ColumnFacts[], table: LoadedTable): DataWarning[] {
  return facts.flatMap((column): DataWarning[] => {
    const warning = (code: DataWarning['code'], count: number | null): DataWarning => {
      return { code, table: table.name, column: column.name, count };
    };
    const nulls = table.rows - column.values;
    if (table.rows === 0) return [];
    if (column.values === 0) return [warning('empty_column', nulls)];
    return [
      ...(column.distinct === 1 && nulls === 0 && table.rows > 1 ? [warning('constant_column', table.rows)] : []),
      ...(nulls >= table.rows * toldNulls ? [warning('null_values', nulls)] : []),
      ...(isMixed(column) ? [warning('mixed_types', null)] : []),
    ];
  });
}

/** Whether a column of text is full of numbers or days that could not be read as such. */
export function isMixed(column: ColumnFacts): boolean {
  if (column.kind !== 'text' || identifierOf(column) !== null) return false;
  // Zeros in front are of codes, which are text rightly.
  if (column.sample.some((value) => /^0\d+$/.test(value))) return false;
  return [writtenNumber, writtenDay].some(
    (form) => column.sample.filter((value) => form.test(value)).length > column.sample.length * mixedShare,
  );
}

/** Rows that are the same as another one in every column. */
export async function countDuplicates(
  session: Pick<DataSession, 'query'>,
  table: LoadedTable,
  facts: readonly ColumnFacts[],
): Promise<number> {
  // Whether rows are the same in columns that there was no time for, nobody knows.
  if (facts.length < table.columns.length) return 0;
  if (table.rows < 2 || facts.some(({ distinct }) => distinct === table.rows)) return 0;
  const names = table.columns.map(({ name }) => quoteName(name)).join(', ');
  // Rows with different hashes differ, so the whole rows are only compared when two hashes are the same.
  const hashes = await session.query(`SELECT count(DISTINCT hash(${names})) FROM ${quoteName(table.name)}`);
  if (Number(hashes.rows[0]?.[0]) === table.rows) return 0;
  const whole = await session.query(`SELECT count(*) FROM (SELECT DISTINCT ${names} FROM ${quoteName(table.name)})`);
  return table.rows - Number(whole.rows[0]?.[0]);
}
