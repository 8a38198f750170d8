import { coursesOf, type Course } from '../series/courses.ts';
import { eventsOf } from '../findings/events.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { seriesSql } from '../series/series.ts';
import { aboutSeries, timeCaveats } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';

const smallestPct = 10;
const strikingPct = 50;

/** Measures that rise or fall over the whole history, by Mann and Kendall's test and the slope of Theil and Sen. */
export async function trend(investigation: Investigation): Promise<Candidate[]> {
  const courses = await coursesOf(investigation);
  const events = eventsOf(
    courses.map(({ series, trend: { change, changePct } }) => ({
      measure: series.measure.column,
      filters: series.filters,
      share: series.impact,
      at: 0,
      amount: change,
      relative: changePct,
    })),
    strengthOf,
  );
  return courses.map((course, index) => {
    const { topic = '', own = 0, strength = 0 } = events[index] ?? {};
    return {
      type: 'trend',
      subject: aboutSeries(investigation.table, course.series),
      p: course.trend.p,
      isLarge: !course.isStep && Math.abs(own) >= smallestPct,
      impact: course.series.impact,
      strength,
      topics: [`course ${topic}`],
      finding: () => findingOf(investigation, course),
    };
  });
}

const strengthOf = (percent: number): number => Math.min(1, Math.abs(percent) / strikingPct) || 0;

function findingOf(investigation: Investigation, { series, trend: found }: Course): ReturnType<Candidate['finding']> {
  const { axis, measure, periods } = series;
  const last = periods.length - 1;
  return tell(investigation, {
    type: 'trend',
    subject: aboutSeries(investigation.table, series),
    sql: seriesSql(investigation.table, series),
    facts: {
      change_pct: derived('theil_sen_change_pct', ['value'], '%'),
      first: cell(0, 1, measure.unit),
      last: cell(last, 1, measure.unit),
      periods: derived('row_count', [], 'count'),
    },
    labels: {
      first_period: { kind: 'period', start: periods[0] ?? '', grain: axis.grain },
      last_period: { kind: 'period', start: periods[last] ?? '', grain: axis.grain },
    },
    score: {
      impact: series.impact,
      p: found.p,
      effect: found.changePct / 100,
      test: 'Mann-Kendall, effective n',
      n: periods.length,
    },
    caveats: timeCaveats(investigation, { measure, n: periods.length }),
  });
}
