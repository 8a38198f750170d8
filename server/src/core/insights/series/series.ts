import { dateSql, periodSql, withinSql, type Axis } from './axis.ts';
import type { Investigation } from '../findings/investigation.ts';
import { measuresOf, sourceOf, type Measure } from '../queries/measures.ts';
import { daysBetween, lastDayOf } from '../profile/periods.ts';
import { remember } from '../findings/remember.ts';
import { querySeries, type SeriesCells } from './series-cells.ts';
import { inSubspaceSql, narrowingOf, type Member } from '../queries/subspaces.ts';
import { median, robustDeviation, sum } from '../statistics/order-statistics.ts';
import { differences } from '../statistics/spearman.ts';

/** One measure in one subspace along an axis. */
export interface Series {
  axis: Axis;
  measure: Measure;
  /** At most one. */
  filters: readonly Member[];
  /** Periods that have a value. */
  periods: readonly string[];
  values: readonly number[];
  /** Values per day where they grow with the length of a period, else the values: what statistics compare. */
  rates: readonly number[];
  /** Share (0..1) of the whole measure, or of the rows where parts do not make a whole. */
  impact: number;
}

/** Of what an average has in fewer of its periods, no series is made. */
const fewestShare = 0.9;

/** Every measure, over all rows and for the members of every dimension. */
export function loadSeries(investigation: Investigation, axis: Axis): Promise<readonly Series[]> {
  const key = `series ${axis.grain} ${axis.periods[0] ?? ''} ${axis.periods.at(-1) ?? ''}`;
  return remember(investigation, key, async () => {
    const measures = measuresOf(investigation.table);
    const narrowing = narrowingOf(investigation.table, measures.length);
    const cells = await querySeries(investigation, { axis, measures, ...narrowing });
    return measures.flatMap((measure) => unpack(cells.get(measure) ?? [], { axis, measure }));
  });
}

/** One series as anyone can query it again: columns `period` and `value`, one row per period that has a value. */
export function seriesSql(
  table: Investigation['table'],
  { axis, measure, filters }: Pick<Series, 'axis' | 'measure' | 'filters'>,
): string {
  const source = sourceOf(measure, table, axis.grain);
  const condition = `${withinSql(axis)} AND ${inSubspaceSql(filters)}`;
  const cells =
    `SELECT ${periodSql(axis)} AS period, ${measure.total} AS value ` +
    `FROM ${source} WHERE ${condition} GROUP BY ALL`;
  if (!measure.isAdditive) return `SELECT * FROM (${cells}) WHERE value IS NOT NULL ORDER BY period`;
  const [first = '', last = ''] = [axis.periods[0], axis.periods.at(-1)];
  const step = `INTERVAL '1' ${axis.grain}`;
  return (
    `SELECT CAST(grid.day AS DATE) AS period, coalesce(cells.value, 0) AS value ` +
    `FROM generate_series(${dateSql(first)}, ${dateSql(last)}, ${step}) AS grid(day) ` +
    `LEFT JOIN (${cells}) AS cells ON cells.period = CAST(grid.day AS DATE) ORDER BY period`
  );
}

function unpack(packed: readonly SeriesCells[], { axis, measure }: { axis: Axis; measure: Measure }): Series[] {
  const size = ({ rows, cells }: SeriesCells): number =>
    measure.isAdditive ? sum([...cells.values()].map(Math.abs)) : rows;
  const [whole] = packed;
  if (whole === undefined || size(whole) === 0) return [];
  const days = axis.periods.map((start) => daysBetween(start, lastDayOf(start, axis.grain)));
  const isPerDay =
    measure.isAdditive &&
    growsWithDays(
      axis.periods.map((period) => whole.cells.get(period) ?? 0),
      days,
    );
  return packed.flatMap((each) => {
    const periods = measure.isAdditive ? axis.periods : axis.periods.filter((period) => each.cells.has(period));
    if (periods.length < fewestShare * axis.periods.length) return [];
    const values = periods.map((period) => each.cells.get(period) ?? 0);
    const rates = isPerDay ? perDay(values, days) : values;
    const filters = each.member === null ? [] : [each.member];
    return [{ axis, measure, filters, periods, values, rates, impact: Math.min(1, size(each) / size(whole)) }];
  });
}

/** Whether longer periods have more: sums per day are steadier from period to period than the sums themselves. */
function growsWithDays(values: readonly number[], days: readonly number[]): boolean {
  return unrest(perDay(values, days)) < unrest(values);
}

const unrest = (values: readonly number[]): number => robustDeviation(differences(values)) / Math.abs(median(values));

const perDay = (values: readonly number[], days: readonly number[]): number[] =>
  values.map((value, index) => value / (days[index] ?? 1));
