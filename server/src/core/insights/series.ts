import type { Cell } from '../../models/table.ts';
import { dateSql, periodSql, withinSql, type Axis } from './axis.ts';
import type { Investigation } from './investigation.ts';
import { measuresOf, sourceOf, type Measure } from './measures.ts';
import { daysBetween, lastDayOf } from './profile/periods.ts';
import { remember } from './remember.ts';
import { fewestRows, inSubspaceSql, memberSql, narrowingOf, type Member } from './subspaces.ts';
import { quoteText } from './sql.ts';
import { median, robustDeviation, sum } from './statistics/order-statistics.ts';
import { differences } from './statistics/spearman.ts';

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
    const { columns, members } = narrowingOf(investigation.table, measures.length);
    const series: Series[] = [];
    for (const measure of measures) {
      const whole = await queryPacked(investigation, { axis, measure, column: null, members: 1 });
      const parts: PackedSeries[] = [];
      for (const { name } of columns) {
        if (investigation.signal.aborted) break;
        parts.push(...(await queryPacked(investigation, { axis, measure, column: name, members })));
      }
      series.push(...unpack([...whole, ...parts], { axis, measure }));
    }
    return series;
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

interface PackedSeries {
  member: Member | null;
  rows: number;
  cells: ReadonlyMap<string, number>;
}

/** One row per member, whose periods and values are lists: thousands of rows would be more than a result may have. */
async function queryPacked(
  { session, table }: Investigation,
  { axis, measure, column, members }: { axis: Axis; measure: Measure; column: string | null; members: number },
): Promise<PackedSeries[]> {
  const member = column === null ? quoteText('') : memberSql(column);
  const { rows } = await session.query(
    `WITH cells AS (SELECT ${member} AS member, ${periodSql(axis)} AS period, count(*) AS size, ${measure.total} AS value ` +
      `FROM ${sourceOf(measure, table, axis.grain)} WHERE ${withinSql(axis)} GROUP BY ALL) ` +
      `SELECT member, CAST(sum(size) AS BIGINT) AS size, list(CAST(period AS VARCHAR) ORDER BY period), ` +
      `list(CAST(value AS VARCHAR) ORDER BY period) FROM cells WHERE member IS NOT NULL GROUP BY member ` +
      `HAVING sum(size) >= ${String(fewestRows)} ORDER BY size DESC, member LIMIT ${String(members)}`,
  );
  return rows.map(([name = '', size = 0, periods = '[]', values = '[]']) => ({
    member: column === null ? null : { column, value: String(name) },
    rows: Number(size),
    cells: zip(readList(periods), readList(values)),
  }));
}

function readList(cell: Cell): (string | null)[] {
  const list: unknown = JSON.parse(String(cell));
  return Array.isArray(list) ? list.map((item: unknown) => (typeof item === 'string' ? item : null)) : [];
}

function zip(periods: readonly (string | null)[], values: readonly (string | null)[]): Map<string, number> {
  const cells = new Map<string, number>();
  for (const [index, period] of periods.entries()) {
    const value = values[index] ?? null;
    if (period !== null && value !== null) cells.set(period, Number(value));
  }
  return cells;
}

function unpack(packed: readonly PackedSeries[], { axis, measure }: { axis: Axis; measure: Measure }): Series[] {
  const size = ({ rows, cells }: PackedSeries): number =>
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
