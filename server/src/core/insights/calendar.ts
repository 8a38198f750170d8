import type { Grain } from '../../models/insight.ts';

const dayMs = 86_400_000;

/** First day of the period that a day is in; weeks begin on Mondays. Days are written `YYYY-MM-DD`. */
export function startOf(day: string, grain: Grain): string {
  const date = parse(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (grain === 'day') return day;
  if (grain === 'week') return write(date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs);
  if (grain === 'month') return write(Date.UTC(year, month, 1));
  return write(Date.UTC(year, grain === 'quarter' ? month - (month % 3) : 0, 1));
}

/** First day of the period that begins when this one ends. */
export function nextStart(start: string, grain: Grain): string {
  const date = parse(start);
  if (grain === 'day') return write(date.getTime() + dayMs);
  if (grain === 'week') return write(date.getTime() + 7 * dayMs);
  const months = { month: 1, quarter: 3, year: 12 }[grain];
  return write(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

export function daysIn(start: string, grain: Grain): number {
  return (parse(nextStart(start, grain)).getTime() - parse(start).getTime()) / dayMs;
}

/** How many periods make a season that comes again; 1: none is known for such periods. */
export const seasonLengths = { day: 7, week: 52, month: 12, quarter: 4, year: 1 } as const satisfies Record<Grain, number>;

const parse = (day: string): Date => new Date(`${day}T00:00:00Z`);

const write = (time: number): string => new Date(time).toISOString().slice(0, 10);
