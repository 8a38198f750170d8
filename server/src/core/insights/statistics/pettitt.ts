import { studentTwoSided } from './distributions.ts';
import { effectiveSize } from './effective-size.ts';
import { mean } from './moments.ts';
import { median, ranks, sum } from './order-statistics.ts';

export interface Pettitt {
  /** Index of the first value after the shift. */
  at: number;
  k: number;
  p: number;
  /** By the distance of the levels, which ranks do not see: for steps far higher than what varies around them. */
  pOfDistance: number;
}

/** Periods that each level has at least. */
const fewestPeriods = 3;

/**
 * Whether, and where, the level of a series shifts once (Pettitt, 1979): K = max |U|, U = 2 Σ ranks - t (n + 1), and
 * p ≈ 2 exp(-6 K² / (n³ + n²)). The variance of K is n / n_eff times as large in a series that remembers its last value;
 * n_eff comes from what is left of it around its two levels. K is drawn to the middle of a series, so it only tells
 * whether: where is the place at which U is largest in units of its deviation, of which t (n - t) is the square.
 */
export function pettitt(values: readonly number[]): Pettitt {
  const size = values.length;
  const rank = ranks(values);
  let cumulated = 0;
  let [k, middle] = [0, 0];
  let [largest, at] = [0, Math.min(fewestPeriods, size)];
  for (let count = 1; count < size; count++) {
    cumulated += rank[count - 1] ?? 0;
    const u = Math.abs(2 * cumulated - count * (size + 1));
    if (u > k) [k, middle] = [u, count];
    const scaled = u / Math.sqrt(count * (size - count));
    if (scaled > largest && Math.min(count, size - count) >= fewestPeriods) [largest, at] = [scaled, count];
  }
  const levels = [median(values.slice(0, middle)), median(values.slice(middle))];
  const residuals = values.map((value, index) => value - (levels[index < middle ? 0 : 1] ?? 0));
  const effective = effectiveSize(residuals);
  const p = Math.min(1, 2 * Math.exp(((-6 * k * k) / (size ** 3 + size ** 2)) * (effective / size)));
  return { at, k, p, pOfDistance: distanceProbability(values, { at: middle, effective }) };
}

/**
 * Student's t of the two means, with n_eff in the place of n, multiplied by the number of places at which the series could
 * have been divided (Bonferroni).
 */
function distanceProbability(values: readonly number[], { at, effective }: { at: number; effective: number }): number {
  const parts = [values.slice(0, at), values.slice(at)];
  const means = parts.map(mean);
  const squares = sum(parts.map((part, index) => sum(part.map((value) => (value - (means[index] ?? 0)) ** 2))));
  const deviation = Math.sqrt(squares / (values.length - 2));
  const worth = effective / values.length;
  const error = deviation * Math.sqrt(sum(parts.map(({ length }) => 1 / (length * worth))));
  const t = ((means[1] ?? 0) - (means[0] ?? 0)) / error;
  return Math.min(1, (values.length - 1) * studentTwoSided(t, Math.max(1, effective - 2)));
}
