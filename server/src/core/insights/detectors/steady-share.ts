import type { TableProfile } from '../../../models/insight.ts';
import { courseAxis, periodSql, withinSql } from '../series/axis.ts';
import { fewestPeriods } from '../series/courses.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { sourceOf } from '../queries/measures.ts';
import { loadSeries, type Series } from '../series/series.ts';
import { mean, standardDeviation, variationPct } from '../statistics/moments.ts';
import { theilSen } from '../statistics/theil-sen.ts';
import { inSubspaceSql, type Member } from '../queries/subspaces.ts';
import { subjectOf, timeCaveats, type SubjectParts } from '../findings/subjects.ts';
import { derived, tell } from '../findings/tell.ts';
import { largestVariationPct, smallestImpact, steadyStrength } from './steady.ts';

/** Where the whole hardly moves either, that is told of the whole, and says it of its parts. */
const smallestVariationOfWhole = 2 * largestVariationPct;

interface Share {
  whole: Series;
  part: Series;
  member: Member;
  /** How much it scatters or drifts, in percent. */
  unrest: number;
}

/**
 * Members whose share of a whole hardly moves, though the whole does. It is described, not tested: that nothing happens is no
 * discovery that chance could feign. One is told of a table: what all others have is steady then, too.
 */
export async function steadyShare(investigation: Investigation): Promise<Candidate[]> {
  const { table } = investigation;
  const axis = courseAxis(table);
  if (axis === null || axis.periods.length < fewestPeriods) return [];
  const all = (await loadSeries(investigation, axis)).filter(({ measure }) => measure.isAdditive);
  const shares = all.flatMap((part) => {
    if (part.impact < smallestImpact) return [];
    const whole = all.find(({ measure, filters }) => measure === part.measure && filters.length === 0);
    return whole === undefined ? [] : (shareOf(part, whole) ?? []);
  });
  return shares.map((share) => ({
    type: 'steady_share',
    subject: aboutShare(table, share),
    p: null,
    isLarge: share.unrest < largestVariationPct,
    impact: share.part.impact,
    strength: steadyStrength(share.unrest),
    topics: ['steady share'],
    finding: () => findingOf(investigation, share),
  }));
}

/** Undefined where the whole hardly moves, or parts do not make a whole. */
function shareOf(part: Series, whole: Series): Share | undefined {
  const [member] = part.filters;
  const areParts = whole.values.every((of, index) => of > 0 && isBetween(part.values[index], of));
  const moves = Math.min(variationPct(whole.values), variationPct(whole.rates)) >= smallestVariationOfWhole;
  if (member === undefined || !areParts || !moves) return undefined;
  const shares = whole.values.map((of, index) => (part.values[index] ?? 0) / of);
  return { whole, part, member, unrest: unrestOf(shares) };
}

/** Of the share or of the rest, whichever is smaller: nearly all of a whole is always nearly all of it. */
function unrestOf(shares: readonly number[]): number {
  const smaller = Math.min(mean(shares), 1 - mean(shares));
  const scatter = (100 * standardDeviation(shares)) / smaller;
  if (scatter >= largestVariationPct) return scatter;
  const drift = Math.abs(theilSen(shares).slope) * (shares.length - 1);
  return Math.max(scatter, (100 * drift) / smaller);
}

const isBetween = (part: number | undefined, whole: number): boolean =>
  part !== undefined && part >= 0 && part <= whole;

function aboutShare(table: TableProfile, { whole: { axis, measure }, member }: Share): ReturnType<typeof subjectOf> {
  const period: SubjectParts['period'] = { grain: axis.grain, current: axis.periods.at(-1) ?? '', previous: null };
  return subjectOf(table, { measure, breakdown: member.column, period });
}

/** Columns `period`, `value`, `part` and `whole`; `value` is the share in percent. */
function sharesSql(table: TableProfile, { whole: { axis, measure }, member }: Share): string {
  const part = `coalesce(${measure.total} FILTER (WHERE ${inSubspaceSql([member])}), 0)`;
  return (
    `WITH cells AS (SELECT ${periodSql(axis)} AS period, ${part} AS part, ${measure.total} AS whole ` +
    `FROM ${sourceOf(measure, table, axis.grain)} WHERE ${withinSql(axis)} GROUP BY ALL) ` +
    `SELECT period, CAST(100 * CAST(part AS DOUBLE) / nullif(CAST(whole AS DOUBLE), 0) AS DECIMAL(18, 6)) AS value, ` +
    `part, whole FROM cells ORDER BY period`
  );
}

function findingOf(investigation: Investigation, share: Share): ReturnType<Candidate['finding']> {
  const { part, member, unrest } = share;
  const { measure, periods } = part;
  return tell(investigation, {
    type: 'steady_share',
    subject: aboutShare(investigation.table, share),
    sql: sharesSql(investigation.table, share),
    facts: {
      share_pct: derived('median', ['value'], '%'),
      variation_pct: derived('variation_pct', ['value'], '%'),
      whole_variation_pct: derived('variation_pct', ['whole'], '%'),
      periods: derived('row_count', [], 'count'),
    },
    labels: { member: { kind: 'value', text: member.value, column: member.column } },
    score: {
      impact: part.impact,
      p: null,
      effect: unrest / 100,
      test: 'coefficient of variation of the share',
      n: periods.length,
    },
    caveats: timeCaveats(investigation, { measure, n: periods.length }),
  });
}
