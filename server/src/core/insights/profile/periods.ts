import type { Grain } from '../../../models/insight.ts';

// Days are texts such as `2025-06-30`, which sort as days do; a period is named by its first day. Weeks begin on Monday.

const millisecondsOfDay = 86_400_000;
const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/** The first day of the period that a day is in. */
export function startOf(day: string, grain: Grain): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -((toDate(day).getUTCDay() + 6) % 7));
    case 'month':
    case 'quarter':
    case 'year': {
      const months = monthsOf[grain];
      return toDay(Date.UTC(year, Math.floor((month - 1) / months) * months, 1));
    }
    default:
      return grain satisfies never;
  }
}

/** The first day of the period that comes so many periods later. */
export function addPeriods(start: string, grain: Grain, count: number): string {
  if (grain === 'day') return addDays(start, count);
  if (grain === 'week') return addDays(start, count * 7);
  const [year = 0, month = 1] = start.split('-').map(Number);
  return toDay(Date.UTC(year, month - 1 + count * monthsOf[grain], 1));
}

export function lastDayOf(start: string, grain: Grain): string {
  return addDays(addPeriods(start, grain, 1), -1);
}

/** The same period a year before; of a week, the one 52 weeks before. */
export function yearBefore(start: string, grain: Grain): string {
  if (grain === 'week') return addDays(start, -52 * 7);
  if (grain === 'day') return sameDayOfYearBefore(start);
  return addPeriods(start, grain, -12 / monthsOf[grain]);
}

/** Days from one to the other, both counted. */
export function daysBetween(first: string, last: string): number {
  return Math.round((toDate(last).getTime() - toDate(first).getTime()) / millisecondsOfDay) + 1;
}

export function addDays(day: string, count: number): string {
  return toDay(toDate(day).getTime() + count * millisecondsOfDay);
}

/** Periods from one to the other, both among them; at most `most`, the last ones. */
export function periodsBetween(first: string, last: string, { grain, most }: { grain: Grain; most: number }): string[] {
  const periods: string[] = [];
  for (let start = last; start >= first && periods.length < most; start = addPeriods(start, grain, -1)) {
    periods.push(start);
  }
  return periods.toReversed();
}

const forms: readonly [RegExp, Grain, (parts: readonly number[]) => string][] = [
  [/^(\d{4})$/, 'year', ([year = 0]) => toDay(Date.UTC(year, 0, 1))],
  [/^(\d{4})-[QT]([1-4])$/i, 'quarter', ([year = 0, quarter = 1]) => toDay(Date.UTC(year, (quarter - 1) * 3, 1))],
  [/^(\d{4})-(0[1-9]|1[0-2])$/, 'month', ([year = 0, month = 1]) => toDay(Date.UTC(year, month - 1, 1))],
  // The fourth of January is in the first week of its year, by ISO 8601.
  [
    /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/i,
    'week',
    ([year = 0, week = 1]) => addDays(startOf(toDay(Date.UTC(year, 0, 4)), 'week'), (week - 1) * 7),
  ],
  [
    /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    'day',
    ([year = 0, month = 1, day = 1]) => toDay(Date.UTC(year, month - 1, day)),
  ],
];

/** The period that a text such as `2025`, `2025-Q2`, `2025-06`, `2025-W23` or `2025-06-15` names; null: it names none. */
export function parsePeriod(text: string): { start: string; grain: Grain } | null {
  for (const [form, grain, start] of forms) {
    const match = form.exec(text.trim());
    if (match !== null) return { start: start(match.slice(1).map(Number)), grain };
  }
  return null;
}

/** Of 29 February it is the 28th. */
function sameDayOfYearBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const before = toDay(Date.UTC(year - 1, month - 1, date));
  return before.slice(5, 7) === day.slice(5, 7) ? before : addDays(before, -1);
}

function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
