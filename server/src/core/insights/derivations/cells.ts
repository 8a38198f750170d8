import type { QueryResult } from '../../../models/table.ts';
import { add, magnitude, subtract, type Decimal } from '../evidence/decimal.ts';
import type { Derivation } from './derivation.ts';
import { cellAt, columnDecimals, decimalAt } from '../evidence/result-cells.ts';
import { percentOf, whole } from './digits.ts';

/** Of cells that JSON Pointers name. */
export const cellDerivations = {
  /** [pointer, pointer]: the first less the second. */
  difference: (result, pointers) => ofTwo(result, pointers, subtract),
  /** [pointer, pointer]: how far the first is from the second, in percent of the second. */
  percent_change: (result, pointers) =>
    ofTwo(result, pointers, (to, from) => percentOf(subtract(to, from), magnitude(from))),
  /** [pointer, pointer]: the first in percent of the second. */
  percent_of: (result, pointers) => ofTwo(result, pointers, percentOf),
  /** [pointer, column]: the cell in percent of the sum of the column. */
  percent_of_column: (result, [pointer = '', column = '']) => {
    const cell = decimalAt(cellAt(result, pointer));
    const total = columnDecimals(result, column).reduce(add, whole(0));
    return cell === undefined ? undefined : percentOf(cell, total);
  },
  /** []: how many rows there are. */
  row_count: ({ rows, truncated }) => (truncated ? undefined : whole(rows.length)),
} as const satisfies Record<string, Derivation>;

function ofTwo(
  result: QueryResult,
  [first = '', second = '']: readonly string[],
  compute: (first: Decimal, second: Decimal) => Decimal | undefined,
): Decimal | undefined {
  const [one, other] = [decimalAt(cellAt(result, first)), decimalAt(cellAt(result, second))];
  return one === undefined || other === undefined ? undefined : compute(one, other);
}
