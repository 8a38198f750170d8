import type { QueryResult } from '../../../models/table.ts';
import type { Decimal } from '../evidence/decimal.ts';
import type { Derivation } from './derivation.ts';
import { columnNumbers } from '../evidence/result-cells.ts';
import { kept } from './digits.ts';

/**
 * Spearman's rho of one row of sums over ranks: columns pairs, x, y, z, xx, xy and so on. Ranks are doubled, hence whole, so
 * that no order of adding matters.
 */
export const correlationDerivations = {
  /** []: of the two measures. */
  spearman_rho: (result) => rho(result, 'x', 'y'),
  /** []: of the first measure and time. */
  spearman_rho_x_time: (result) => rho(result, 'x', 'z'),
  /** []: of the second measure and time. */
  spearman_rho_y_time: (result) => rho(result, 'y', 'z'),
} as const satisfies Record<string, Derivation>;

function rho(result: QueryResult, first: string, second: string): Decimal | undefined {
  const of = (name: string): number => columnNumbers(result, name)[0] ?? Number.NaN;
  const pairs = of('pairs');
  const spread = (name: string): number => Math.sqrt(pairs * of(`${name}${name}`) - of(name) ** 2);
  const covariance = pairs * of(`${first}${second}`) - of(first) * of(second);
  return kept(covariance / (spread(first) * spread(second)));
}
