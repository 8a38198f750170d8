import { dateSql, periodSql } from './axis.ts';
import type { Investigation } from './investigation.ts';
import { sourceOf } from './measures.ts';
import type { Series } from './series.ts';
import { inSubspaceSql } from './subspaces.ts';

/** Of fewer rows, one is not an exception among them: they are the series. */
const fewestRows = 3;

/**
 * By how much one period of a series (in the unit of its rates) would differ had its most extreme row in a direction been
 * a usual one: where rows have heavy tails, single rows make periods stand out, which says nothing of the period. 0 for what
 * counts rows, and for periods of a row or two.
 */
export async function effectOfExtremeRow(
  { session, table }: Investigation,
  series: Series,
  { at, direction }: { at: number; direction: number },
): Promise<number> {
  const { axis, measure, filters, periods } = series;
  if (measure.aggregation === 'count') return 0;
  const extreme = direction > 0 ? 'max' : 'min';
  const { rows } = await session.query(
    `SELECT count(${measure.amount}), CAST(${extreme}(${measure.amount}) AS DOUBLE), CAST(median(${measure.amount}) AS DOUBLE) ` +
      `FROM ${sourceOf(measure, table, axis.grain)} ` +
      `WHERE ${periodSql(axis)} = ${dateSql(periods[at] ?? '')} AND ${inSubspaceSql(filters)}`,
  );
  const [count = 0, outermost = 0, usual = 0] = (rows[0] ?? []).map(Number);
  if (count < fewestRows) return 0;
  const [value = 0, rate = 0] = [series.values[at], series.rates[at]];
  const perRow = measure.aggregation === 'avg' ? 1 / count : 1;
  return (usual - outermost) * perRow * (value === 0 ? 1 : rate / value);
}
