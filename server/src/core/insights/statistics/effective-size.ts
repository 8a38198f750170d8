import { autocorrelation } from './moments.ts';

/**
 * How many independent values a series is worth: n (1 - r) / (1 + r), r its lag-1 autocorrelation (Bayley and Hammersley,
 * 1946, for an AR(1) process). r of a short series is too small on average, so (1 + 4r) / n is added (Kendall, 1954). Never more than n: a
 * negative autocorrelation is no reason to be surer.
 */
export function effectiveSize(residuals: readonly number[]): number {
  const size = residuals.length;
  const measured = autocorrelation(residuals, 1);
  const unbiased = Math.min(0.95, measured + (1 + 4 * measured) / size);
  return unbiased <= 0 ? size : (size * (1 - unbiased)) / (1 + unbiased);
}
