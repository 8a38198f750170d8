import type { ColumnProfile, Grain, TableProfile } from '../../../models/insight.ts';
import type { Aggregation } from '../../../models/table.ts';
import { periodSql } from '../series/axis.ts';
import { quoteName } from '../../../models/sql.ts';

/** What is measured, and how it is put together. */
export interface Measure {
  /** null: the rows themselves are counted. */
  column: string | null;
  aggregation: Aggregation;
  unit: string | null;
  /** The parts of a sum or a count make the whole. */
  isAdditive: boolean;
  /** Of one row, exact, in SQL. */
  amount: string;
  /** Of many rows, in SQL; the same whatever the order of rows. */
  total: string;
}

const mostMeasures = 4;

/** The measures of a table; its rows are counted where it has none. */
export function measuresOf(table: TableProfile): Measure[] {
  const columns = table.columns.filter(({ role }) => role === 'measure').slice(0, mostMeasures);
  return columns.length === 0 ? [rowCount] : columns.map(measureOf);
}

/** The table as a measure counts it: of a stock, such as a balance, only the last day of each period counts. */
export function sourceOf(measure: Measure, { name, time }: TableProfile, grain = time?.grain ?? 'day'): string {
  if (measure.aggregation !== 'last' || time === null) return quoteName(name);
  const day = `CAST(${quoteName(time.column)} AS DATE)`;
  const period = periodSql({ column: time.column, grain });
  return `(SELECT * FROM ${quoteName(name)} QUALIFY ${day} = max(${day}) OVER (PARTITION BY ${period}))`;
}

/** Measures that are taken of the same rows, so that one query can look at them all. */
export function bySource(measures: readonly Measure[], table: TableProfile, grain?: Grain): SameSource[] {
  const found = new Map<string, Measure[]>();
  for (const measure of measures) {
    const source = sourceOf(measure, table, grain);
    found.set(source, [...(found.get(source) ?? []), measure]);
  }
  return [...found].map(([source, of]) => ({ source, measures: of }));
}

export interface SameSource {
  /** In SQL, what stands after FROM. */
  source: string;
  measures: readonly Measure[];
}

const rowCount: Measure = {
  column: null,
  aggregation: 'count',
  unit: 'count',
  isAdditive: true,
  amount: '1',
  total: 'count(*)',
};

/** How the values of a column are put together. */
export function measureOf(column: ColumnProfile): Measure {
  const aggregation = column.aggregation ?? 'sum';
  const amount = exactSql(column);
  return {
    column: column.name,
    aggregation,
    unit: aggregation === 'count' ? 'count' : column.unit,
    isAdditive: aggregation === 'sum' || aggregation === 'count',
    amount,
    total: totalSql({ aggregation }, amount),
  };
}

/** Of many rows, each of whose amounts is that, in SQL. */
export function totalSql({ aggregation }: Pick<Measure, 'aggregation'>, amount: string): string {
  if (aggregation === 'count') return `count(${amount})`;
  if (aggregation === 'avg') return averageSql(`sum(${amount})`, `count(${amount})`);
  return `sum(${amount})`;
}

/** Of many parts, whose sums and numbers of amounts are in columns, in SQL: what `totalSql` gives of all their rows. */
export function totalOfPartsSql(
  { aggregation }: Pick<Measure, 'aggregation'>,
  { sums, counts }: { sums: string; counts: string },
): string {
  if (aggregation === 'count') return `sum(${counts})`;
  if (aggregation === 'avg') return averageSql(`sum(${sums})`, `sum(${counts})`);
  return `sum(${sums})`;
}

/** Sums of floating-point numbers depend on the order of rows, those of decimals do not; infinity becomes null. */
function exactSql({ name, type }: ColumnProfile): string {
  const isInexact = type === 'DOUBLE' || type === 'FLOAT' || type === 'REAL';
  return isInexact ? `TRY_CAST(${quoteName(name)} AS DECIMAL(38, 6))` : quoteName(name);
}

const averageSql = (sum: string, count: string): string => `CAST(${sum} / nullif(${count}, 0) AS DECIMAL(38, 6))`;
