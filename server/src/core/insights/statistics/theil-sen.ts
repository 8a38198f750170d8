import { median } from './order-statistics.ts';

export interface Line {
  /** Per step. */
  slope: number;
  /** At step 0. */
  intercept: number;
}

/** The median of the slopes of all pairs (Theil, 1950; Sen, 1968), through the median of what is left (Conover, 1980). */
export function theilSen(values: readonly number[]): Line {
  const slopes: number[] = [];
  for (let later = 1; later < values.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      slopes.push(((values[later] ?? 0) - (values[earlier] ?? 0)) / (later - earlier));
    }
  }
  const slope = slopes.length === 0 ? 0 : median(slopes);
  return { slope, intercept: median(values.map((value, step) => value - slope * step)) };
}

export function residualsOf(values: readonly number[], { slope, intercept }: Line): number[] {
  return values.map((value, step) => value - intercept - slope * step);
}
