import type { Derivation } from '../derivations.ts';
import { columnNumbers } from '../result-cells.ts';
import { kept } from './digits.ts';

/** Of one row of exact sums over many members or pairs. */
export const memberDerivations = {
  /**
   * []: Spearman's rho from sums over doubled ranks `x` and `y` (whole numbers, so that no order of adding matters):
   * columns pairs, x, y, xx, yy, xy.
   */
  spearman_rho: (result) => {
    const of = (name: string): number => columnNumbers(result, name)[0] ?? Number.NaN;
    const covariance = of('pairs') * of('xy') - of('x') * of('y');
    const scale = Math.sqrt(of('pairs') * of('xx') - of('x') ** 2) * Math.sqrt(of('pairs') * of('yy') - of('y') ** 2);
    return kept(covariance / scale);
  },
} as const satisfies Record<string, Derivation>;
