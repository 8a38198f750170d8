import { autocorrelation } from './moments.ts';

/**
 * How many independent values a series is worth: n (1 - r) / (1 + r), r its lag-1 autocorrelation (Bayley and Hammersley,
 * 1946, for an AR(1) process). What is left of a series around a fitted line or two levels remembers less than the series
 * did: r is too small by (2 + 4r) / n (Marriott and Pope, 1954; Kendall, 1954), which is put back. Never more than n: a
 * negative autocorrelation is no reason to be surer.
 */
export function effectiveSize(residuals: readonly number[]): number {
  const size = residuals.length;
  const unbiased = Math.min(0.95, (autocorrelation(residuals, 1) + 2 / size) / (1 - 4 / size));
  return unbiased <= 0 ? size : (size * (1 - unbiased)) / (1 + unbiased);
}
