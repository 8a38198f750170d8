import type { Caveat, InsightSubject } from '../../../models/insight.ts';
import { changesOf, type Change } from '../series/changes.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { daysBetween, lastDayOf } from '../profile/periods.ts';
import { pointerTo } from '../evidence/result-cells.ts';
import { seriesSql } from '../series/series.ts';
import { subjectOf, timeCaveats } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';

const smallestPct = 5;

/** What changed from one complete period to the next more than it usually does. */
export async function change(investigation: Investigation): Promise<Candidate[]> {
  return (await changesOf(investigation)).map((found) => ({
    type: 'change',
    subject: aboutChange(investigation, found),
    p: found.p,
    isLarge: Math.abs(found.own) >= smallestPct,
    impact: found.series.impact,
    strength: found.strength,
    topics: [found.topic],
    finding: () => findingOf(investigation, found),
  }));
}

/** A series in the two periods that are compared. */
export function aboutChange({ table }: Investigation, { series, current, previous }: Change): InsightSubject {
  const { axis, measure, filters, periods } = series;
  const period = { grain: axis.grain, current: periods[current] ?? '', previous: periods[previous] ?? '' };
  return subjectOf(table, { measure, filters, period });
}

export function changeCaveats(investigation: Investigation, { series, current, previous, ...found }: Change): Caveat[] {
  const { axis, measure, periods } = series;
  const [days = 0, daysBefore = 0] = [current, previous].map((index) => {
    const start = periods[index] ?? '';
    return daysBetween(start, lastDayOf(start, axis.grain));
  });
  return [
    ...timeCaveats(investigation, { measure, n: found.n }),
    ...(measure.isAdditive && days !== daysBefore ? [{ code: 'different_lengths' as const }] : []),
    ...(found.isHeavyTailed ? [{ code: 'heavy_tails' as const }] : []),
  ];
}

function findingOf(investigation: Investigation, found: Change): ReturnType<Candidate['finding']> {
  const { axis, measure, periods, impact } = found.series;
  const [current, previous] = [pointerTo(found.current, 1), pointerTo(found.previous, 1)];
  return tell(investigation, {
    type: 'change',
    subject: aboutChange(investigation, found),
    sql: seriesSql(investigation.table, found.series),
    facts: {
      change_pct: derived('percent_change', [current, previous], '%'),
      current: cell(found.current, 1, measure.unit),
      previous: cell(found.previous, 1, measure.unit),
      change: derived('difference', [current, previous], measure.unit),
    },
    labels: {
      current_period: { kind: 'period', start: periods[found.current] ?? '', grain: axis.grain },
      previous_period: { kind: 'period', start: periods[found.previous] ?? '', grain: axis.grain },
    },
    score: { impact, p: found.p, effect: found.z, test: 'robust z of past changes', n: found.n },
    caveats: changeCaveats(investigation, found),
  });
}
