import type { QueryResult } from '../../../models/table.ts';
import { subtract, type Decimal } from '../evidence/decimal.ts';
import type { Derivation } from './derivation.ts';
import { columnNumbers } from '../evidence/result-cells.ts';
import { sum } from '../statistics/order-statistics.ts';
import { kept } from './digits.ts';

/**
 * Of a table of members with the sums and counts of an average, before and after. Both effects are Shapley's values of two
 * factors: the effect of the rates is weighed with the mean of the old and the new mix, and the other way round, so that
 * together they are the whole change.
 */
export const mixDerivations = {
  /** []: the average before. */
  average_previous: (result) => kept(averages(result).previous),
  /** []: the average after. */
  average_current: (result) => kept(averages(result).current),
  /** []: by how much the average changed. */
  average_change: (result) => averageChange(result),
  /** []: the part of it that comes of the members' own averages. */
  rate_effect: (result) => kept(rateEffect(result)),
  /** []: the part that comes of their weights: what is left of the change. */
  mix_effect: (result) => {
    const [change, rate] = [averageChange(result), kept(rateEffect(result))];
    return change === undefined || rate === undefined ? undefined : subtract(change, rate);
  },
} as const satisfies Record<string, Derivation>;

function averageChange(result: QueryResult): Decimal | undefined {
  const { previous, current } = averages(result);
  const [from, to] = [kept(previous), kept(current)];
  return from === undefined || to === undefined ? undefined : subtract(to, from);
}

function averages(result: QueryResult): { previous: number; current: number } {
  const total = (name: string): number => sum(columnNumbers(result, name));
  return {
    previous: total('previous_sum') / total('previous_count'),
    current: total('current_sum') / total('current_count'),
  };
}

/** A member that was not there before, or is not any more, has no rate to compare: it changes the mix alone. */
function rateEffect(result: QueryResult): number {
  const [previousSums, previousCounts] = [
    columnNumbers(result, 'previous_sum'),
    columnNumbers(result, 'previous_count'),
  ];
  const [currentSums, currentCounts] = [columnNumbers(result, 'current_sum'), columnNumbers(result, 'current_count')];
  const [previousTotal, currentTotal] = [sum(previousCounts), sum(currentCounts)];
  const effects = previousCounts.map((previousCount, row) => {
    const currentCount = currentCounts[row] ?? 0;
    if (previousCount === 0 || currentCount === 0) return 0;
    const rateChange = (currentSums[row] ?? 0) / currentCount - (previousSums[row] ?? 0) / previousCount;
    return (rateChange * (previousCount / previousTotal + currentCount / currentTotal)) / 2;
  });
  return sum(effects);
}
