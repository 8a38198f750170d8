import { coursesOf, type Course } from '../courses.ts';
import type { Candidate, Investigation } from '../investigation.ts';
import { seriesSql } from '../series.ts';
import { mean, standardDeviation } from '../statistics/moments.ts';
import { aboutSeries, timeCaveats } from '../subjects.ts';
import { derived, tell } from '../tell.ts';

const largestVariationPct = 5;
const smallestImpact = 0.1;
/** Nothing happened: that is told after everything that did. */
const mostStrength = 0.2;

/** Measures that hardly vary over the whole history. */
export async function steady(investigation: Investigation): Promise<Candidate[]> {
  return (await coursesOf(investigation)).map(({ series }) => {
    const variation = Math.max(variationPct(series.values), variationPct(series.rates));
    return {
      type: 'steady',
      subject: aboutSeries(investigation.table, series),
      p: null,
      isLarge: variation < largestVariationPct && series.impact >= smallestImpact,
      impact: series.impact,
      strength: mostStrength * Math.max(0, 1 - variation / largestVariationPct) || 0,
      topics: [`steady ${series.measure.column ?? ''}`],
      finding: () => findingOf(investigation, series),
    };
  });
}

const variationPct = (values: readonly number[]): number => (100 * standardDeviation(values)) / Math.abs(mean(values));

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
