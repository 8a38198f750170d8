import { add, compare, divide, zero, type Decimal } from '../evidence/decimal.ts';
import { whole } from './digits.ts';

/** The largest parts that it takes to reach the goal; all when they do not. */
export function fewest(parts: readonly Decimal[], goal: Decimal): Decimal[] {
  let reached = zero;
  const descending = parts.toSorted((first, second) => compare(second, first));
  for (const [index, part] of descending.entries()) {
    reached = add(reached, part);
    if (compare(reached, goal) >= 0) return descending.slice(0, index + 1);
  }
  return descending;
}

/** So many percent of a number, exactly. */
export function shareOf({ units, scale }: Decimal, percent: string): Decimal {
  return divide({ units: units * BigInt(percent), scale }, whole(100), scale + 2) ?? zero;
}
