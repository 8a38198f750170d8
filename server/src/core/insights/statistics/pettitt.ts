import { effectiveSize } from './effective-size.ts';
import { median, ranks } from './order-statistics.ts';

export interface Pettitt {
  /** Index of the first value after the shift. */
  at: number;
  k: number;
  p: number;
}

/**
 * Whether, and where, the level of a series shifts once (Pettitt, 1979): K = max |2 Σ ranks - t (n + 1)| and
 * p ≈ 2 exp(-6 K² / (n³ + n²)). The variance of K is n / n_eff times as large in a series that remembers its last value;
 * n_eff comes from what is left of it around its two levels.
 */
export function pettitt(values: readonly number[]): Pettitt {
  const size = values.length;
  const rank = ranks(values);
  let cumulated = 0;
  let k = 0;
  let at = 0;
  for (let count = 1; count < size; count++) {
    cumulated += rank[count - 1] ?? 0;
    const u = Math.abs(2 * cumulated - count * (size + 1));
    if (u > k) [k, at] = [u, count];
  }
  const levels = [median(values.slice(0, at)), median(values.slice(at))];
  const residuals = values.map((value, index) => value - (levels[index < at ? 0 : 1] ?? 0));
  const effective = effectiveSize(residuals);
  const p = Math.min(1, 2 * Math.exp(((-6 * k * k) / (size ** 3 + size ** 2)) * (effective / size)));
  return { at, k, p };
}
