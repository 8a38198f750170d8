import { mean } from './moments.ts';
import { sorted } from './order-statistics.ts';
import { residualsOf, theilSen } from './theil-sen.ts';

export interface FittedSeries {
  fitted: number[];
  residuals: number[];
  /** The series without its season. */
  adjusted: number[];
}

/**
 * Splits a series into what trend and season let expect, and the rest: a Theil-Sen line, and what it leaves on average
 * for each place in the season, the highest and the lowest value aside where there are five. A `season` of 1, or one that
 * the series does not have three times, is none.
 */
export function fitSeries(values: readonly number[], season: number): FittedSeries {
  const line = theilSen(values);
  const detrended = residualsOf(values, line);
  const hasSeason = season > 1 && values.length >= 3 * season;
  const offsets = hasSeason
    ? Array.from({ length: season }, (_, place) => usual(detrended.filter((_value, step) => step % season === place)))
    : [0];
  const offset = (step: number): number => offsets[step % offsets.length] ?? 0;
  const residuals = detrended.map((value, step) => value - offset(step));
  return {
    residuals,
    fitted: values.map((value, step) => value - (residuals[step] ?? 0)),
    adjusted: values.map((value, step) => value - offset(step)),
  };
}

/** Not the median, which would leave many residuals of exactly nothing, as if most of the series were certain. */
function usual(values: readonly number[]): number {
  return mean(values.length < 5 ? values : sorted(values).slice(1, -1));
}
