import type { QueryResult } from '../../../models/table.ts';
import { add, compare, magnitude, subtract, zero, type Decimal } from '../evidence/decimal.ts';
import type { Derivation } from './derivation.ts';
import { columnDecimals } from '../evidence/result-cells.ts';
import { percentOf, whole } from './digits.ts';
import { fewest, shareOf } from './fewest.ts';

/** Of a table of members with what each was (`previous`) and is (`current`): sums, so the parts make the whole exactly. */
export const changeDerivations = {
  /** []: what all members together changed. */
  total_change: (result) => changes(result).reduce(add, zero),
  /** []: the same in percent of what all together were. */
  total_change_pct: (result) =>
    percentOf(changes(result).reduce(add, zero), magnitude(columnDecimals(result, 'previous').reduce(add, zero))),
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
    return whole(fewest(helping, shareOf(magnitude(total), percent)).length);
  },
} as const satisfies Record<string, Derivation>;

function changes(result: QueryResult): Decimal[] {
  const previous = columnDecimals(result, 'previous');
  return columnDecimals(result, 'current').map((current, row) => subtract(current, previous[row] ?? zero));
}
