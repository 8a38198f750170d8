import { median } from './order-statistics.ts';
import { residualsOf, theilSen } from './theil-sen.ts';

export interface FittedSeries {
  fitted: number[];
  residuals: number[];
  /** The series without its season. */
  adjusted: number[];
}

/**
 * Splits a series into what trend and season let expect, and the rest: a Theil-Sen line, and the median of what it
 * leaves for each place in the season. A `season` of 1, or one that the series does not have three times, is none.
 */
export function fitSeries(values: readonly number[], season: number): FittedSeries {
  const line = theilSen(values);
  const detrended = residualsOf(values, line);
  const hasSeason = season > 1 && values.length >= 3 * season;
  const offsets = hasSeason
    ? Array.from({ length: season }, (_, place) => median(detrended.filter((_value, step) => step % season === place)))
    : [0];
  const offset = (step: number): number => offsets[step % offsets.length] ?? 0;
  const residuals = detrended.map((value, step) => value - offset(step));
  return {
    residuals,
    fitted: values.map((value, step) => value - (residuals[step] ?? 0)),
    adjusted: values.map((value, step) => value - offset(step)),
  };
}
