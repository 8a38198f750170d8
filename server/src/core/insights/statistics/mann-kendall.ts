import { studentTwoSided } from './distributions.ts';
import { effectiveSize } from './effective-size.ts';
import { residualsOf, theilSen } from './theil-sen.ts';

export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  s: number;
  z: number;
  p: number;
  /** How many independent values the series is worth. */
  effective: number;
}

/**
 * Whether a series has a monotonic trend (Mann, 1945; Kendall, 1975), two-sided, corrected for ties and continuity. Its
 * variance is multiplied by n / n_eff (Yue and Wang, 2004), n_eff from the residuals of the Theil-Sen line, so that a
 * series that only remembers its last value has no trend; and as n_eff is itself an estimate, z is held against Student's
 * distribution, as for the coefficient of a line.
 */
export function mannKendall(values: readonly number[], residuals = residualsOf(values, theilSen(values))): MannKendall {
  const size = values.length;
  const s = kendallS(values);
  const effective = effectiveSize(residuals);
  const ties = [...countsOf(values)].reduce((total, count) => total + count * (count - 1) * (2 * count + 5), 0);
  const variance = ((size * (size - 1) * (2 * size + 5) - ties) / 18) * (size / effective);
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, z, p: studentTwoSided(z, Math.max(1, effective - 2)), effective };
}

function kendallS(values: readonly number[]): number {
  let s = 0;
  for (let later = 1; later < values.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) s += Math.sign((values[later] ?? 0) - (values[earlier] ?? 0));
  }
  return s;
}

function countsOf(values: readonly number[]): Iterable<number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts.values();
}
