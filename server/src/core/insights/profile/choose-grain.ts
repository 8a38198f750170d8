import type { Grain } from '../../../models/insight.ts';
import { isCompleteAtEnd, isCompleteAtStart, nativeGrain, type DayPattern } from './day-pattern.ts';
import { daysBetween, periodsBetween, startOf } from './periods.ts';

export const mostPeriods = 400;

const coarserOf: Readonly<Record<Grain, Grain>> = {
  day: 'week',
  week: 'month',
  month: 'quarter',
  quarter: 'year',
  year: 'year',
};
/** What tests of change and trend need. */
const enoughMonths = 10;
const enoughWeeks = 8;
const leastCovered = 0.5;

/**
 * The grain in which a table is looked at: the one that it was made in, and for days the coarsest that gives enough
 * complete periods. Never one in which most periods would have no rows, or there would be more than 400 of them.
 */
export function chooseGrain(pattern: DayPattern): Grain {
  const native = nativeGrain(pattern);
  let grain = native === 'day' ? grainOfDays(pattern) : native;
  while (grain !== 'year' && !isUsable(pattern, grain)) grain = coarserOf[grain];
  return grain;
}

function grainOfDays(pattern: DayPattern): Grain {
  if (completePeriods(pattern, 'month') >= enoughMonths) return 'month';
  return completePeriods(pattern, 'week') >= enoughWeeks ? 'week' : 'day';
}

function isUsable(pattern: DayPattern, grain: Grain): boolean {
  const all = spannedPeriods(pattern, grain);
  return all <= mostPeriods && pattern.counts[grain] >= all * leastCovered;
}

function completePeriods(pattern: DayPattern, grain: Grain): number {
  const ends = [isCompleteAtStart(pattern, grain), isCompleteAtEnd(pattern, grain)];
  return spannedPeriods(pattern, grain) - ends.filter((isComplete) => !isComplete).length;
}

function spannedPeriods({ first, last }: DayPattern, grain: Grain): number {
  if (grain === 'day') return daysBetween(first, last);
  const most = mostPeriods + 3;
  return periodsBetween(startOf(first, grain), startOf(last, grain), { grain, most }).length;
}
