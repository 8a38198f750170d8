import type { Grain } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { addDays, addPeriods, lastDayOf, startOf } from '../../profile/periods.ts';
import type { Period } from '../plan/plan.ts';

/** A period whose year the question may have left open. */
export interface Point {
  grain: Grain | 'half' | 'span';
  year: number | null;
  /** Its days in a year; the year counts only where it is not known already. */
  resolve(year: number): Period | null;
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function wholePeriod(start: string, grain: Grain): Period {
  return { first: start, last: lastDayOf(start, grain), grain };
}

function dateOf(inYear: number, month: number, day: number): string {
  return `${String(inYear)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function dayPoint(y: string | undefined, m: string | undefined, d: string | undefined): Point | null {
  const [month, day] = [Number(m), Number(d)];
  const isDay = (inYear: number): boolean => {
    return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(inYear, month, 0)).getUTCDate();
  };
  if (!isDay(numberOrNull(y) ?? 2024)) return null;
  return {
    grain: 'day',
    year: numberOrNull(y),
    resolve: (inYear) => (isDay(inYear) ? wholePeriod(dateOf(inYear, month, day), 'day') : null),
  };
}

/** In English, 3/4 is a day of March or of April: what can be read in two ways is not read. */
export function writtenDay([one, other, y]: readonly (string | undefined)[], language: Language): Point | null {
  if (language === 'pt') return dayPoint(y, other, one);
  if (Number(one) > 12) return dayPoint(y, other, one);
  return Number(other) > 12 || one === other ? dayPoint(y, one, other) : null;
}

export function monthPoint(month: number, y: string | undefined): Point | null {
  if (month < 1 || month > 12) return null;
  return { grain: 'month', year: numberOrNull(y), resolve: (inYear) => wholePeriod(dateOf(inYear, month, 1), 'month') };
}

export function quarterPoint(quarter: number, y: string | undefined): Point {
  const month = quarter * 3 - 2;
  return {
    grain: 'quarter',
    year: numberOrNull(y),
    resolve: (inYear) => wholePeriod(dateOf(inYear, month, 1), 'quarter'),
  };
}

export function halfPoint(half: number, y: string | undefined): Point | null {
  if (half > 2) return null;
  return {
    grain: 'half',
    year: numberOrNull(y),
    resolve: (inYear) => ({
      first: dateOf(inYear, half * 6 - 5, 1),
      last: lastDayOf(dateOf(inYear, half * 6, 1), 'month'),
      grain: null,
    }),
  };
}

export function yearPoint(y: string | undefined): Point {
  return { grain: 'year', year: numberOrNull(y), resolve: (inYear) => wholePeriod(dateOf(inYear, 1, 1), 'year') };
}

/** The days before today, and the periods before the one that today is in. */
export function lastFew(count: number, grain: Grain, now: Date): Point | null {
  if (count < 1 || count > 1_000) return null;
  const current = startOf(now.toISOString().slice(0, 10), grain);
  const first = addPeriods(current, grain, -count);
  return span({ first, last: addDays(current, -1), grain: null });
}

export function relative(grain: Grain, { now, steps }: { now: Date; steps: number }): Point {
  const current = startOf(now.toISOString().slice(0, 10), grain);
  return span(wholePeriod(addPeriods(current, grain, steps), grain));
}

function span(period: Period): Point {
  return { grain: 'span', year: Number(period.first.slice(0, 4)), resolve: () => period };
}
