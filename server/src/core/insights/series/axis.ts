import type { Grain, TableProfile } from '../../../models/insight.ts';
import { addPeriods, startOf } from '../profile/periods.ts';
import { quoteName, quoteText } from '../../../models/sql.ts';

/** Complete periods without a hole, oldest first, that series are made along. */
export interface Axis {
  column: string;
  grain: Grain;
  periods: readonly string[];
}

/** Statistics of pairs take time with the square of the periods. */
const mostPeriods = 200;
/** How many periods make a season that comes again; 1: none is known for such periods. */
export const seasonLengths = {
  day: 7,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
} as const satisfies Record<Grain, number>;

const coarserGrain = { day: 'week', week: 'month', month: 'quarter', quarter: 'year', year: 'year' } as const;

/** The axis of the table's whole history, in coarser periods where there would be too many; null without time. */
export function courseAxis(table: TableProfile): Axis | null {
  if (table.time === null || table.time.periods.length === 0) return null;
  let axis: Axis = table.time;
  while (axis.periods.length > mostPeriods && axis.grain !== 'year') axis = coarsen(axis);
  return { column: axis.column, grain: axis.grain, periods: axis.periods };
}

/** The axis of the periods that are compared, up to the current one, with as much history as is looked at. */
export function changeAxis({ time }: TableProfile): Axis | null {
  const end = time?.periods.indexOf(time.current ?? '') ?? -1;
  if (time === null || end < 1) return null;
  const periods = time.periods.slice(Math.max(0, end + 1 - mostPeriods), end + 1);
  return { column: time.column, grain: time.grain, periods };
}

/** The first day of the period of a row, in SQL. */
export function periodSql({ column, grain }: Pick<Axis, 'column' | 'grain'>): string {
  return `CAST(date_trunc(${quoteText(grain)}, ${quoteName(column)}) AS DATE)`;
}

/** Whether a row is in the periods of the axis, in SQL. */
export function withinSql({ column, grain, periods }: Axis): string {
  const end = addPeriods(periods.at(-1) ?? '', grain, 1);
  const name = quoteName(column);
  return `${name} >= ${dateSql(periods[0] ?? '')} AND ${name} < ${dateSql(end)}`;
}

export const dateSql = (day: string): string => `DATE ${quoteText(day)}`;

function coarsen({ column, grain, periods }: Axis): Axis {
  const coarser = coarserGrain[grain];
  const begin = periods[0] ?? '';
  const end = addPeriods(periods.at(-1) ?? '', grain, 1);
  let start = startOf(begin, coarser);
  if (start < begin) start = addPeriods(start, coarser, 1);
  const complete: string[] = [];
  for (; addPeriods(start, coarser, 1) <= end; start = addPeriods(start, coarser, 1)) complete.push(start);
  return { column, grain: coarser, periods: complete };
}
