import type { Candidate, Investigation } from '../findings/investigation.ts';
import { membersOf, type Members } from '../groups/members.ts';
import { pointerTo } from '../evidence/result-cells.ts';
import { extremeProbability } from '../statistics/extreme-probability.ts';
import { median, modifiedZ, sum } from '../statistics/order-statistics.ts';
import { measureCaveats, subjectOf } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';
import { sharesTopic } from './concentration.ts';

const fewestMembers = 8;
const smallestPct = 30;
const smallestZ = 3.5;
const strikingPct = 150;

interface Exception {
  members: Members;
  row: number;
  z: number;
  p: number;
  percent: number;
  impact: number;
  isHeavyTailed: boolean;
}

/** The member of each dimension that is farthest from what members usually are. */
export async function categoryOutlier(investigation: Investigation): Promise<Candidate[]> {
  const exceptions = (await membersOf(investigation)).flatMap((members) => exceptionOf(members) ?? []);
  return exceptions.map((found) => ({
    type: 'category_outlier',
    subject: subjectOf(investigation.table, { measure: found.members.measure, breakdown: found.members.column }),
    p: found.p,
    isLarge: Math.abs(found.percent) >= smallestPct && Math.abs(found.z) >= smallestZ,
    impact: found.impact,
    strength: Math.min(1, Math.abs(found.percent) / strikingPct) || 0,
    topics: [sharesTopic(found.members)],
    finding: () => findingOf(investigation, found),
  }));
}

function exceptionOf(members: Members): Exception | undefined {
  const named = members.values.flatMap((value, row) => (members.names[row] === null ? [] : [{ value, row }]));
  if (named.length < fewestMembers) return undefined;
  const values = named.map(({ value }) => value);
  // Sizes of things differ by factors, not by amounts.
  const scaled = values.every((value) => value > 0) ? values.map(Math.log) : values;
  const center = median(scaled);
  const z = modifiedZ(scaled);
  if (z === null) return undefined;
  const at = z.reduce((farthest, each, index) => (Math.abs(each) > Math.abs(z[farthest] ?? 0) ? index : farthest), 0);
  const deviations = scaled.map((value) => value - center);
  const others = deviations.filter((_, index) => index !== at);
  const probability = extremeProbability(deviations[at] ?? 0, { others, tries: scaled.length });
  const typical = median(values);
  const row = named[at]?.row ?? 0;
  if (probability === null) return undefined;
  return {
    members,
    row,
    z: z[at] ?? 0,
    percent: typical === 0 ? Number.NaN : (100 * ((values[at] ?? 0) - typical)) / Math.abs(typical),
    impact: impactOf(members, row),
    ...probability,
  };
}

/** Of what is less than usual, what is missing counts. */
function impactOf({ measure, values, rowShares }: Members, row: number): number {
  const value = Math.abs(values[row] ?? 0);
  const size = Math.max(value, Math.abs(median(values)));
  return measure.isAdditive ? Math.min(1, size / sum(values.map(Math.abs))) || 0 : (rowShares[row] ?? 0);
}

function findingOf(investigation: Investigation, found: Exception): ReturnType<Candidate['finding']> {
  const { measure, column, names, sql } = found.members;
  const value = pointerTo(found.row, 1);
  return tell(investigation, {
    type: 'category_outlier',
    subject: subjectOf(investigation.table, { measure, breakdown: column }),
    sql,
    facts: {
      value: cell(found.row, 1, measure.unit),
      typical: derived('median', ['value'], measure.unit),
      difference_pct: derived('percent_from_median', [value, 'value'], '%'),
    },
    labels: { member: { kind: 'value', text: names[found.row] ?? '', column } },
    score: { impact: found.impact, p: found.p, effect: found.z, test: 'modified z of members', n: names.length },
    caveats: [
      ...measureCaveats(investigation, measure),
      ...(found.isHeavyTailed ? [{ code: 'heavy_tails' as const }] : []),
    ],
  });
}
