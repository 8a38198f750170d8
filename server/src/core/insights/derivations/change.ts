import type { QueryResult } from '../../../models/table.ts';
import { add, compare, divide, magnitude, subtract, zero, type Decimal } from '../decimal.ts';
import type { Derivation } from '../derivations.ts';
import { columnDecimals } from '../result-cells.ts';
import { percentOf, whole } from './digits.ts';

/** Of a table of members with what each was (`previous`) and is (`current`): sums, so the parts make the whole exactly. */
export const changeDerivations = {
  /** []: what all members together changed. */
  total_change: (result) => changes(result).reduce(add, zero),
  /** [row]: what one member changed. */
  member_change: (result, [row = '']) => changes(result)[Number(row)],
  /** [row]: what one member changed, in percent of what all changed. */
  share_of_change_pct: (result, [row = '']) => {
    const parts = changes(result);
    const part = parts[Number(row)];
    return part === undefined ? undefined : percentOf(part, parts.reduce(add, zero));
  },
  /** [percent]: the fewest members that make so much of the whole change, those counted that go its way. */
  members_of_change: (result, [percent = '']) => {
    const parts = changes(result);
    const total = parts.reduce(add, zero);
    const helping = parts.filter((part) => compare(part, zero) === compare(total, zero)).map(magnitude);
    return whole(fewest(helping, share(magnitude(total), percent)));
  },
} as const satisfies Record<string, Derivation>;

/** How many of the parts, largest first, it takes to reach the goal; all when they do not. */
export function fewest(parts: readonly Decimal[], goal: Decimal): number {
  let reached = zero;
  const descending = parts.toSorted((first, second) => compare(second, first));
  for (const [index, part] of descending.entries()) {
    reached = add(reached, part);
    if (compare(reached, goal) >= 0) return index + 1;
  }
  return parts.length;
}

/** So many percent of a number. */
function share({ units, scale }: Decimal, percent: string): Decimal {
  return divide({ units: units * BigInt(percent), scale }, whole(100), scale + 2) ?? zero;
}

function changes(result: QueryResult): Decimal[] {
  const previous = columnDecimals(result, 'previous');
  return columnDecimals(result, 'current').map((current, row) => subtract(current, previous[row] ?? zero));
}
