import type { QueryResult } from '../../../models/table.ts';
import { add, zero, type Decimal } from '../evidence/decimal.ts';
import type { Derivation } from './derivation.ts';
import { columnDecimals, columnNumbers } from '../evidence/result-cells.ts';
import { sum } from '../statistics/order-statistics.ts';
import { fewest, shareOf } from './fewest.ts';
import { kept, percentOf, whole } from './digits.ts';

/** Of a column of what each member of a dimension has. */
export const memberDerivations = {
  /** [column, percent]: the fewest members that make so much of the sum. */
  members_covering: (result, parameters) => whole(covering(result, parameters).length),
  /** [column, percent]: what they make, in percent of the sum. */
  covered_pct: (result, parameters) =>
    percentOf(
      covering(result, parameters).reduce(add, zero),
      columnDecimals(result, parameters[0] ?? '').reduce(add, zero),
    ),
  /** [column]: the index of Herfindahl and Hirschman, the sum of the squares of all shares: 1 when one has all. */
  hhi: (result, [column = '']) => {
    const values = columnNumbers(result, column);
    const total = sum(values);
    return kept(sum(values.map((value) => (value / total) ** 2)));
  },
} as const satisfies Record<string, Derivation>;

function covering(result: QueryResult, [column = '', percent = '']: readonly string[]): Decimal[] {
  const values = columnDecimals(result, column);
  return fewest(values, shareOf(values.reduce(add, zero), percent));
}
