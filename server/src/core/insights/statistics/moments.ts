import { sum } from './order-statistics.ts';

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Of a sample: divided by n - 1. */
export function standardDeviation(values: readonly number[]): number {
  return Math.sqrt((centralMoment(values, 2) * values.length) / (values.length - 1));
}

/** The standard deviation in percent of the mean: the coefficient of variation. */
export const variationPct = (values: readonly number[]): number =>
  (100 * standardDeviation(values)) / Math.abs(mean(values));

/** m3 / m2^1.5, the moment coefficient (type 1 of Joanes and Gill, 1998); 0 of constants. */
export function skewness(values: readonly number[]): number {
  const variance = centralMoment(values, 2);
  return variance > 0 ? centralMoment(values, 3) / variance ** 1.5 : 0;
}

/** m4 / m2² - 3: 0 for a normal distribution (type 1 of Joanes and Gill, 1998); 0 of constants. */
export function excessKurtosis(values: readonly number[]): number {
  const variance = centralMoment(values, 2);
  return variance > 0 ? centralMoment(values, 4) / variance ** 2 - 3 : 0;
}

/** Correlation of a series with itself `lag` steps later; 0 of constants. */
export function autocorrelation(values: readonly number[], lag: number): number {
  const center = mean(values);
  const deviations = values.map((value) => value - center);
  const total = sum(deviations.map((deviation) => deviation ** 2));
  if (total === 0) return 0;
  return sum(deviations.slice(lag).map((deviation, index) => deviation * (deviations[index] ?? 0))) / total;
}

function centralMoment(values: readonly number[], order: number): number {
  const center = mean(values);
  return mean(values.map((value) => (value - center) ** order));
}
