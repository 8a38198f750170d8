import type { QueryResult } from '../../../models/table.ts';
import { dateSql, periodSql, withinSql } from './axis.ts';
import type { Investigation } from '../findings/investigation.ts';
import { sourceOf } from '../queries/measures.ts';
import type { Series } from './series.ts';
import { memberSql } from '../queries/subspaces.ts';
import { quoteText } from '../../../models/sql.ts';

/** One period of a series, and in which direction its rows may be extreme. */
export interface Moment {
  series: Series;
  at: number;
  direction: number;
}

/** Of fewer rows, one is not an exception among them: they are the series. */
const fewestRows = 3;

/**
 * By how much each period (in the unit of the rates of its series) would differ had its most extreme row in that direction
 * been a usual one: where rows have heavy tails, single rows make periods stand out, which says nothing of the period. 0 for
 * what counts rows, and for periods of a row or two. Rows are looked at once per dimension, however many moments there are.
 */
export async function effectsOfExtremeRows(
  investigation: Investigation,
  moments: readonly Moment[],
): Promise<readonly number[]> {
  const measured = moments.filter(({ series }) => series.measure.aggregation !== 'count');
  if (measured.length === 0) return moments.map(() => 0);
  const result = await investigation.session.query(rowsSql(investigation, measured));
  const rows = readRows(result);
  return moments.map((moment) => effectOf(moment, rows.get(measured.indexOf(moment))));
}

interface RowsOfMoment {
  count: number;
  least: number;
  greatest: number;
  usual: number;
}

function effectOf({ series, at, direction }: Moment, rows: RowsOfMoment | undefined): number {
  if (rows === undefined || rows.count < fewestRows) return 0;
  const [value = 0, rate = 0] = [series.values[at], series.rates[at]];
  const perRow = series.measure.aggregation === 'avg' ? 1 / rows.count : 1;
  const outermost = direction > 0 ? rows.greatest : rows.least;
  return (rows.usual - outermost) * perRow * (value === 0 ? 1 : rate / value);
}

/** One row per moment: its number, how many amounts it has, the smallest, the largest, and the median. */
function rowsSql({ table }: Investigation, moments: readonly Moment[]): string {
  const branches = new Map<string, NumberedMoment[]>();
  for (const [number, moment] of moments.entries()) {
    const { axis, measure, filters } = moment.series;
    const [{ column } = { column: null }] = filters;
    const rows =
      `SELECT ${periodSql(axis)} AS period, ${column === null ? quoteText('') : memberSql(column)} AS member, ` +
      `${measure.amount} AS amount FROM ${sourceOf(measure, table, axis.grain)}`;
    branches.set(rows, [...(branches.get(rows) ?? []), { ...moment, number }]);
  }
  const all = [...branches].map(([rows, wanted]) => branchSql(rows, wanted));
  return `${all.join(' UNION ALL ')} ORDER BY number`;
}

type NumberedMoment = Moment & { number: number };

/** Rows of other periods are left out by their days: to find out the period of every row takes longer than all else. */
function branchSql(rows: string, wanted: readonly NumberedMoment[]): string {
  const cells = wanted.map(({ series: { filters, periods }, at, number }) => {
    return `(${String(number)}, ${dateSql(periods[at] ?? '')}, ${quoteText(filters[0]?.value ?? '')})`;
  });
  const days = wanted.map(({ series: { axis, periods }, at }) => withinSql({ ...axis, periods: [periods[at] ?? ''] }));
  return (
    `SELECT number, count(amount), CAST(min(amount) AS DOUBLE), CAST(max(amount) AS DOUBLE), ` +
    `CAST(median(amount) AS DOUBLE) FROM (${rows} WHERE ${[...new Set(days)].join(' OR ')}) ` +
    `JOIN (VALUES ${cells.join(', ')}) AS wanted(number, period, member) USING (period, member) GROUP BY number`
  );
}

function readRows({ rows }: QueryResult): ReadonlyMap<number, RowsOfMoment> {
  return new Map(
    rows.map(([number, count, least, greatest, usual]) => [
      Number(number),
      { count: Number(count), least: Number(least), greatest: Number(greatest), usual: Number(usual) },
    ]),
  );
}
