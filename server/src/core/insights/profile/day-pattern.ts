import type { Grain } from '../../../models/insight.ts';
import type { Cell } from '../../../models/table.ts';
import { addDays, addPeriods, daysBetween, lastDayOf, startOf } from './periods.ts';

/** On which days a table has rows. */
export interface DayPattern {
  first: string;
  last: string;
  /** Different days, and different periods of each grain, that have rows. */
  counts: Readonly<Record<Grain, number>>;
  /** Days with rows by weekday, Monday first. */
  weekdays: readonly number[];
  /** Nine of ten times the next day with rows comes within so many days. */
  usualStep: number;
}

const regularShare = 0.5;
/** Holidays within a quarter or a year do not make it incomplete. */
const missingShare = 0.02;

/** The columns of a query over `days(d)`, which `readDayPattern` reads. */
export const dayPatternColumns = [
  'CAST(min(d) AS VARCHAR)',
  'CAST(max(d) AS VARCHAR)',
  'count(*)',
  ...(['week', 'month', 'quarter', 'year'] as const).map((grain) => `count(DISTINCT date_trunc('${grain}', d))`),
  ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => `count(*) FILTER (isodow(d) = ${weekday})`),
  'quantile_disc(step, 0.9)',
].join(', ');

/** null: no row has a day. */
export function readDayPattern(cells: readonly Cell[]): DayPattern | null {
  const [first = null, last = null, day, week, month, quarter, year, ...rest] = cells;
  if (first === null || last === null) return null;
  const numbers = rest.map(Number);
  return {
    first: String(first),
    last: String(last),
    counts: {
      day: Number(day),
      week: Number(week),
      month: Number(month),
      quarter: Number(quarter),
      year: Number(year),
    },
    weekdays: numbers.slice(0, 7),
    usualStep: numbers[7] ?? 1,
  };
}

/** The longest period that has one day with rows at most: the table was made per such period. */
export function nativeGrain({ counts }: DayPattern): Grain {
  const coarse = (['year', 'quarter', 'month', 'week'] as const).find((grain) => counts[grain] === counts.day);
  return counts.day > 1 ? (coarse ?? 'day') : 'day';
}

/** Whether no rows are to be expected after the last day that has some, until the period ends. */
export function isCompleteAtEnd(pattern: DayPattern, grain: Grain): boolean {
  const end = lastDayOf(startOf(pattern.last, grain), grain);
  const native = nativeGrain(pattern);
  if (native !== 'day') return addPeriods(startOf(pattern.last, native), native, 1) > end;
  return isNothingMissing(pattern, { from: addDays(pattern.last, 1), to: end, grain });
}

/** The same before the first day. */
export function isCompleteAtStart(pattern: DayPattern, grain: Grain): boolean {
  const start = startOf(pattern.first, grain);
  const native = nativeGrain(pattern);
  if (native !== 'day') return startOf(pattern.first, native) <= start || native === grain;
  return isNothingMissing(pattern, { from: start, to: addDays(pattern.first, -1), grain });
}

function isNothingMissing(
  pattern: DayPattern,
  { from, to, grain }: { from: string; to: string; grain: Grain },
): boolean {
  const days = daysBetween(from, to);
  if (days <= 0) return true;
  const regular = regularWeekdays(pattern);
  if (regular.length === 0) return days < pattern.usualStep;
  const expected = Array.from({ length: days }, (_, index) => weekdayOf(addDays(from, index)));
  const missing = expected.filter((weekday) => regular.includes(weekday)).length;
  const inPeriod = (daysBetween(startOf(from, grain), lastDayOf(startOf(from, grain), grain)) * regular.length) / 7;
  return missing <= Math.floor(inPeriod * missingShare);
}

/** Weekdays (0: Monday) on which there are rows in most weeks. */
function regularWeekdays({ first, last, weekdays }: DayPattern): number[] {
  const weeks = daysBetween(first, last) / 7;
  return weekdays.flatMap((count, weekday) => (count >= Math.max(1, weeks * regularShare) ? [weekday] : []));
}

function weekdayOf(day: string): number {
  return daysBetween(startOf(day, 'week'), day) - 1;
}
