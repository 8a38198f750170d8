import { coursesOf, type Course } from '../series/courses.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { seriesSql } from '../series/series.ts';
import { variationPct } from '../statistics/moments.ts';
import { aboutSeries, timeCaveats } from '../findings/subjects.ts';
import { derived, tell } from '../findings/tell.ts';

/** What varies by less is steady, when no trend is in it either. */
export const largestVariationPct = 5;
export const smallestImpact = 0.1;
/** Nothing happened: that is told after everything that did. */
const mostStrength = 0.2;

/** Measures that hardly vary over the whole history. */
export async function steady(investigation: Investigation): Promise<Candidate[]> {
  return (await coursesOf(investigation)).map(({ series, trend }) => {
    const unrest = Math.max(variationPct(series.values), variationPct(series.rates), Math.abs(trend.changePct));
    return {
      type: 'steady',
      subject: aboutSeries(investigation.table, series),
      p: null,
      isLarge: unrest < largestVariationPct && series.impact >= smallestImpact,
      impact: series.impact,
      strength: steadyStrength(unrest),
      topics: [`steady ${series.measure.column ?? ''}`],
      finding: () => findingOf(investigation, series),
    };
  });
}

/** From 0 to 1, of what scatters or drifts by so many percent. */
export const steadyStrength = (unrest: number): number =>
  mostStrength * Math.max(0, 1 - unrest / largestVariationPct) || 0;

function findingOf(investigation: Investigation, series: Course['series']): ReturnType<Candidate['finding']> {
  const { measure, periods } = series;
  return tell(investigation, {
    type: 'steady',
    subject: aboutSeries(investigation.table, series),
    sql: seriesSql(investigation.table, series),
    facts: {
      variation_pct: derived('variation_pct', ['value'], '%'),
      typical: derived('median', ['value'], measure.unit),
      periods: derived('row_count', [], 'count'),
    },
    labels: {},
    score: {
      impact: series.impact,
      p: null,
      effect: variationPct(series.values) / 100,
      test: 'coefficient of variation',
      n: periods.length,
    },
    caveats: timeCaveats(investigation, { measure, n: periods.length }),
  });
}
