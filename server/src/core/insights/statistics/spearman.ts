import { normalTwoSided } from './distributions.ts';
import { mean } from './moments.ts';
import { ranks, sum } from './order-statistics.ts';

/** Variance of Fisher's z of a rank correlation, times n - 3 (Fieller, Hartley and Pearson, 1957). */
const rankVariance = 1.06;

/** Pearson's correlation of the ranks (Spearman, 1904); 0 where one side is constant. */
export function spearman(first: readonly number[], second: readonly number[]): number {
  return pearson(ranks(first), ranks(second));
}

export function pearson(first: readonly number[], second: readonly number[]): number {
  const [firstMean, secondMean] = [mean(first), mean(second)];
  const products = sum(first.map((value, index) => (value - firstMean) * ((second[index] ?? 0) - secondMean)));
  const firstSquares = sum(first.map((value) => (value - firstMean) ** 2));
  const secondSquares = sum(second.map((value) => (value - secondMean) ** 2));
  const scale = Math.sqrt(firstSquares * secondSquares);
  return scale > 0 ? products / scale : 0;
}

/** P-value, two-sided, of a rank correlation of n pairs by Fisher's z; 1 for fewer than ten pairs. */
export function fisherP(rho: number, n: number): number {
  if (n < 10) return 1;
  return normalTwoSided(Math.atanh(clamp(rho)) * Math.sqrt((n - 3) / rankVariance));
}

/** What is left of the correlation of two things when a third one that goes with both is held still. */
export function partial(of: { both: number; firstThird: number; secondThird: number }): number {
  const scale = Math.sqrt((1 - of.firstThird ** 2) * (1 - of.secondThird ** 2));
  return scale > 0 ? (of.both - of.firstThird * of.secondThird) / scale : 0;
}

/** Steps from each value to the next: two series that only rise together have no correlated steps. */
export function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - (values[index] ?? 0));
}

const clamp = (rho: number): number => Math.max(-0.999999, Math.min(0.999999, rho));
