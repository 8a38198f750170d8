import type { ColumnProfile, TimeAxis } from '../../../../models/insight.ts';
import { addDays, addPeriods, daysBetween, lastDayOf, periodsBetween, yearBefore } from '../../profile/periods.ts';
import type { Intents } from './intents.ts';
import type { Filter, Period, Shape, Unclear } from './plan.ts';

interface Compared {
  intents: Intents;
  time: TimeAxis;
  filters: readonly Filter[];
  /** As the question names them. */
  periods: readonly Period[];
  /** What the change is asked for each of; null: for all together. */
  by: ColumnProfile | null;
}

/** Two periods that are compared, in all or by group; null: the words do not tell which, or in which order. */
export function changeShape({ intents, time, filters, periods, by }: Compared): Shape | { unclear: Unclear } | null {
  const compared = comparedPeriods({ intents, time, periods });
  if (compared === null) return null;
  // What was not named is not compared when the table begins in the middle of it.
  if (periods.length < 2 && compared.previous.first < (time.periods[0] ?? '')) {
    return { unclear: { kind: 'period_incomplete', period: compared.previous } };
  }
  if (by === null) return intents.superlative === null ? { kind: 'periods', ...compared } : null;
  // "With more than": of the group, or of the row? And "the most by region" asks for one and for all.
  if (filters.some(({ kind }) => kind === 'number')) return null;
  if (intents.superlative !== null && intents.group !== null && intents.limit === null) return null;
  const order = orderOf(intents);
  if (order === null) return null;
  const limit = intents.limit ?? (intents.superlative === null ? null : 1);
  return { kind: 'changes', by, ...compared, order, limit };
}

/** What fell most has changed to the lowest; what is best or worst is told of values, not of their fall. */
function orderOf({ superlative, direction, isJudged }: Intents): 'highest' | 'lowest' | null {
  if (superlative === null) return 'highest';
  if (isJudged) return superlative;
  if (direction === 'either') return null;
  return (superlative === 'highest') === (direction === 'up') ? 'highest' : 'lowest';
}

/** The later one is the current. Where only one is named, it is compared with the one before it, or a year before. */
function comparedPeriods({
  intents,
  time,
  periods,
}: Pick<Compared, 'intents' | 'time' | 'periods'>): { current: Period; previous: Period } | null {
  const [first, second] = periods.toSorted((one, other) => one.first.localeCompare(other.first));
  if (first !== undefined && second !== undefined) {
    return first.last < second.first ? { current: second, previous: first } : null;
  }
  // "Growth against 2024": of what?
  if (first !== undefined && intents.isComparison) return null;
  const current = first ?? latestOf(time);
  if (current === null || current.grain === null) return null;
  const { grain } = current;
  if (intents.previousGrain !== null && intents.previousGrain !== grain) return null;
  const start = intents.isYearAgo ? yearBefore(current.first, grain) : addPeriods(current.first, grain, -1);
  return comparable({ current, previous: { first: start, last: lastDayOf(start, grain), grain } }, time);
}

function latestOf({ current, grain }: TimeAxis): Period | null {
  return current === null ? null : { first: current, last: lastDayOf(current, grain), grain };
}

/** Of a period that goes on behind the complete ones, and of the one before, as much as there is. */
function comparable(
  { current, previous }: { current: Period; previous: Period },
  { periods, grain }: TimeAxis,
): { current: Period; previous: Period } {
  const last = periods.at(-1);
  const known = last === undefined ? null : lastDayOf(last, grain);
  if (known === null || last === undefined || current.last <= known || known < current.first) {
    return { current, previous };
  }
  const count = periodsBetween(current.first, last, { grain, most: periods.length }).length;
  const isOfDays = grain === 'day' || grain === 'week';
  const end = isOfDays
    ? addDays(previous.first, daysBetween(current.first, known) - 1)
    : addDays(addPeriods(previous.first, grain, count), -1);
  return {
    current: { first: current.first, last: known, grain: null },
    previous: { first: previous.first, last: end < previous.last ? end : previous.last, grain: null },
  };
}
