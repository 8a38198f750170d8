import { setImmediate } from 'node:timers/promises';
import { courseAxis, seasonLengths } from './axis.ts';
import type { Investigation } from '../findings/investigation.ts';
import { remember } from '../findings/remember.ts';
import { loadSeries, type Series } from './series.ts';
import { fitSeries } from '../statistics/fit-series.ts';
import { kruskalWallis } from '../statistics/kruskal-wallis.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { median, sum } from '../statistics/order-statistics.ts';
import { pettitt } from '../statistics/pettitt.ts';
import { residualsOf, theilSen } from '../statistics/theil-sen.ts';

/** What statistics say of the history of one series. */
export interface Course {
  series: Series;
  /** How many steps its season has; 1: it has none. */
  season: number;
  /** What trend and season leave. */
  residuals: readonly number[];
  trend: { p: number; changePct: number; change: number };
  shift: {
    p: number;
    at: number;
    changePct: number;
    change: number;
    /** Of the medians before and since another period. */
    changeAt(at: number): { change: number; changePct: number };
  };
  /** Whether one step describes it better than a line. */
  isStep: boolean;
}

/** Of fewer periods, nothing is said about their course. */
export const fewestPeriods = 8;
const seasonP = 0.001;

/** The courses of all series of the table that are long enough; none without time. */
export function coursesOf(investigation: Investigation): Promise<readonly Course[]> {
  return remember(investigation, 'courses', async () => {
    const axis = courseAxis(investigation.table);
    if (axis === null || axis.periods.length < fewestPeriods) return [];
    const courses: Course[] = [];
    for (const series of await loadSeries(investigation, axis)) {
      if (investigation.signal.aborted) break;
      if (series.values.length >= fewestPeriods && hasVariety(series.values)) courses.push(courseOf(series));
      // Each takes milliseconds; requests are answered between them.
      await setImmediate();
    }
    return courses;
  });
}

function courseOf(series: Series): Course {
  const values = series.rates;
  // Where periods are left out, a place in the season is not every so many steps.
  const isWhole = values.length === series.axis.periods.length;
  const season = isWhole ? seasonIn(values, seasonLengths[series.axis.grain]) : 1;
  const { residuals, adjusted } = fitSeries(values, season);
  const { slope, intercept } = theilSen(adjusted);
  const change = slope * (values.length - 1);
  const { at, p, pOfDistance } = pettitt(adjusted);
  const levels = (step: number): [before: number, since: number] => [
    median(adjusted.slice(0, step)),
    median(adjusted.slice(step)),
  ];
  const changeAt = (step: number): ReturnType<Course['shift']['changeAt']> => {
    const [before, since] = levels(step);
    return { change: since - before, changePct: percent(since - before, before) };
  };
  const [before, since] = levels(at);
  const stepResiduals = adjusted.map((value, step) => value - (step < at ? before : since));
  return {
    series,
    season,
    residuals,
    trend: { p: mannKendall(adjusted, residuals).p, change, changePct: percent(change, intercept) },
    shift: {
      p: Math.min(1, 2 * Math.min(p, pOfDistance)),
      at,
      changeAt,
      ...changeAt(at),
    },
    isStep: sumOfSquares(stepResiduals) < sumOfSquares(residualsOf(adjusted, { slope, intercept })),
  };
}

/** The season of that length, when its places differ by more than chance. */
export function seasonIn(values: readonly number[], length: number): number {
  if (length === 1 || values.length < 3 * length) return 1;
  const detrended = residualsOf(values, theilSen(values));
  const places = Array.from({ length }, (_, place) => detrended.filter((_value, step) => step % length === place));
  return kruskalWallis(places).pOfRanks < seasonP ? length : 1;
}

/** Constants and series of nothing but a few exceptions have no course. */
const hasVariety = (values: readonly number[]): boolean => new Set(values).size > values.length / 4;

const percent = (part: number, whole: number): number => (whole === 0 ? Number.NaN : (100 * part) / Math.abs(whole));

const sumOfSquares = (values: readonly number[]): number => sum(values.map((value) => value ** 2));
