import type { Grain } from '../../../models/insight.ts';
import type { Axis } from '../series/axis.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { measuresOf, type Measure } from '../queries/measures.ts';
import { addPeriods } from '../profile/periods.ts';
import { seasonOf } from '../series/seasons.ts';
import { seriesSql } from '../series/series.ts';
import { querySeries } from '../series/series-cells.ts';
import { kruskalWallis } from '../statistics/kruskal-wallis.ts';
import { autocorrelation } from '../statistics/moments.ts';
import { median } from '../statistics/order-statistics.ts';
import { residualsOf, theilSen } from '../statistics/theil-sen.ts';
import { subjectOf, timeCaveats } from '../findings/subjects.ts';
import { derived, tell } from '../findings/tell.ts';

const fewestCycles = 3;
const mostDays = 196;
const mostMonths = 180;
/** Of the variance of ranks, what seasons explain; and how alike a value must be to the one a season before. */
const smallestEffect = 0.15;
const smallestCorrelation = 0.1;
const smallestPct = 10;
const strikingPct = 100;

interface Season {
  of: 'weekday' | 'month';
  length: number;
  axis: Axis;
}

interface Found {
  measure: Measure;
  season: Season;
  sql: string;
  p: number;
  effect: number;
  n: number;
  isRepeated: boolean;
  spread: number;
  peak: number;
  trough: number;
}

/** Measures that come back to the same height every week or every year, by the test of Kruskal and Wallis. */
export async function seasonality(investigation: Investigation): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const season of seasonsOf(investigation)) {
    if (investigation.signal.aborted) return candidates;
    for (const found of await lookFor(investigation, season)) {
      candidates.push({
        type: 'seasonality',
        subject: aboutSeason(investigation, found),
        p: found.p,
        isLarge: found.effect >= smallestEffect && found.isRepeated && found.spread >= smallestPct,
        impact: 1,
        strength: Math.min(1, found.spread / strikingPct) || 0,
        topics: [`season ${season.of} ${found.measure.column ?? ''}`],
        finding: () => findingOf(investigation, found),
      });
    }
  }
  return candidates;
}

function seasonsOf({ table: { time } }: Investigation): Season[] {
  const [first, last] = [time?.periods[0], time?.periods.at(-1)];
  if (time === null || first === undefined || last === undefined) return [];
  const end = addPeriods(last, time.grain, 1);
  const axisOf = (grain: Grain, most: number): Axis => {
    const periods: string[] = [];
    for (let start = addPeriods(end, grain, -1); start >= first && periods.length < most;) {
      periods.unshift(start);
      start = addPeriods(start, grain, -1);
    }
    return { column: time.column, grain, periods };
  };
  const seasons: Season[] = [{ of: 'weekday', length: 7, axis: axisOf('day', mostDays) }];
  if (time.grain === 'month') seasons.push({ of: 'month', length: 12, axis: axisOf('month', mostMonths) });
  return seasons.filter(({ axis, length }) => axis.periods.length >= fewestCycles * length);
}

async function lookFor(investigation: Investigation, season: Season): Promise<Found[]> {
  const { axis } = season;
  const measures = measuresOf(investigation.table);
  const series = await querySeries(investigation, { axis, measures, columns: [], members: 1 });
  return measures.flatMap((measure) => {
    const cells = series.get(measure)?.[0]?.cells ?? new Map<string, number>();
    const periods = measure.isAdditive ? axis.periods : axis.periods.filter((period) => cells.has(period));
    const values = periods.map((period) => cells.get(period) ?? 0);
    // A table of one row per month has no weekdays.
    const isDense =
      values.length === axis.periods.length && values.filter((value) => value !== 0).length > values.length / 2;
    return isDense ? [inSeasons(investigation, { measure, season, values })] : [];
  });
}

function inSeasons(
  { table }: Investigation,
  { measure, season, values }: { measure: Measure; season: Season; values: readonly number[] },
): Found {
  const places = season.axis.periods.map((day) => seasonOf(day, season.of));
  const detrended = residualsOf(values, theilSen(values));
  const numbers = Array.from({ length: season.length }, (_, index) => index + 1);
  const inPlace = (of: readonly number[], number: number): number[] =>
    of.filter((_, index) => places[index] === number);
  const { pOfRanks: p, epsilonSquared, n } = kruskalWallis(numbers.map((number) => inPlace(detrended, number)));
  const medians = numbers.map((number) => median(inPlace(values, number)));
  const [highest, lowest] = [Math.max(...medians), Math.min(...medians)];
  return {
    measure,
    season,
    sql: seriesSql(table, { axis: season.axis, measure, filters: [] }),
    p,
    effect: epsilonSquared,
    n,
    isRepeated: autocorrelation(detrended, season.length) >= smallestCorrelation,
    spread: (100 * (highest - lowest)) / Math.abs(median(values)),
    peak: medians.indexOf(highest) + 1,
    trough: medians.indexOf(lowest) + 1,
  };
}

function aboutSeason({ table }: Investigation, { measure, season: { axis } }: Found): Candidate['subject'] {
  return subjectOf(table, {
    measure,
    period: { grain: axis.grain, current: axis.periods.at(-1) ?? '', previous: null },
  });
}

function findingOf(investigation: Investigation, found: Found): ReturnType<Candidate['finding']> {
  const { measure, season, peak, trough, n } = found;
  const medianOf = (number: number): ReturnType<typeof derived> =>
    derived('season_median', ['value', 'period', season.of, number], measure.unit);
  return tell(investigation, {
    type: 'seasonality',
    subject: aboutSeason(investigation, found),
    sql: found.sql,
    facts: { peak: medianOf(peak), trough: medianOf(trough), typical: derived('median', ['value'], measure.unit) },
    labels: {
      peak_season: { kind: 'season', of: season.of, number: peak },
      trough_season: { kind: 'season', of: season.of, number: trough },
    },
    score: { impact: 1, p: found.p, effect: found.effect, test: 'Kruskal-Wallis by season', n },
    caveats: timeCaveats(investigation, { measure, n }),
  });
}
