import { coursesOf, type Course } from '../series/courses.ts';
import { eventsOf } from '../findings/events.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { seriesSql } from '../series/series.ts';
import { aboutSeries, timeCaveats } from '../findings/subjects.ts';
import { derived, tell } from '../findings/tell.ts';

const smallestPct = 10;
const strikingPct = 50;
/** A level is one that has lasted. */
const fewestPeriods = 3;

/** Measures that have had another level since some period, by Pettitt's test. */
export async function levelShift(investigation: Investigation): Promise<Candidate[]> {
  const courses = await coursesOf(investigation);
  const events = eventsOf(
    courses.map(({ series, shift: { at, change, changePct, changeAt } }) => ({
      measure: series.measure.column,
      filters: series.filters,
      share: series.impact,
      at,
      amount: change,
      relative: changePct,
      seenAt: (step) => {
        const seen = changeAt(step);
        return { amount: seen.change, relative: seen.changePct };
      },
    })),
    strengthOf,
  );
  return courses.map((course, index) => {
    const { p, at } = course.shift;
    const { topic = '', own = 0, strength = 0 } = events[index] ?? {};
    const isLasting = at >= fewestPeriods && course.series.periods.length - at >= fewestPeriods;
    return {
      type: 'level_shift',
      subject: aboutSeries(investigation.table, course.series),
      p,
      isLarge: course.isStep && isLasting && Math.abs(own) >= smallestPct,
      impact: course.series.impact,
      strength,
      topics: [`course ${topic}`],
      finding: () => findingOf(investigation, course),
    };
  });
}

const strengthOf = (percent: number): number => Math.min(1, Math.abs(percent) / strikingPct) || 0;

function findingOf(investigation: Investigation, { series, shift }: Course): ReturnType<Candidate['finding']> {
  const { axis, measure, periods } = series;
  return tell(investigation, {
    type: 'level_shift',
    subject: aboutSeries(investigation.table, series),
    sql: seriesSql(investigation.table, series),
    facts: {
      change_pct: derived('median_change_pct', ['value', shift.at], '%'),
      before: derived('median_before', ['value', shift.at], measure.unit),
      after: derived('median_since', ['value', shift.at], measure.unit),
    },
    labels: { since: { kind: 'period', start: periods[shift.at] ?? '', grain: axis.grain } },
    score: {
      impact: series.impact,
      p: shift.p,
      effect: shift.changePct / 100,
      test: 'Pettitt, effective n',
      n: periods.length,
    },
    caveats: timeCaveats(investigation, { measure, n: periods.length }),
  });
}
