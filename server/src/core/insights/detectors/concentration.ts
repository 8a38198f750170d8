import type { Candidate, Investigation } from '../findings/investigation.ts';
import { membersOf, type Members } from '../groups/members.ts';
import { sum } from '../statistics/order-statistics.ts';
import { measureCaveats, subjectOf } from '../findings/subjects.ts';
import { derived, tell } from '../findings/tell.ts';

const fewestMembers = 5;
/** Percent of the whole that few members must make, and how few they must be. */
const coveredPct = 80;
const largestFew = 0.4;

/** Few members of many that make most of a whole. */
export async function concentration(investigation: Investigation): Promise<Candidate[]> {
  return (await membersOf(investigation)).filter(isWhole).map((members) => {
    const few = fewestCovering(members.values);
    const equal = (coveredPct / 100) * members.values.length;
    const isNamed = members.names.slice(0, few).every((name) => name !== null);
    return {
      type: 'concentration',
      subject: subjectOf(investigation.table, { measure: members.measure, breakdown: members.column }),
      p: null,
      isLarge: isNamed && few <= largestFew * members.values.length,
      impact: 1,
      strength: Math.max(0, 1 - few / equal),
      topics: [sharesTopic(members)],
      finding: () => findingOf(investigation, members),
    };
  });
}

/** Whoever tells how a measure is spread over a dimension has told it. */
export const sharesTopic = ({ measure, column }: Pick<Members, 'measure' | 'column'>): string =>
  `shares ${JSON.stringify([measure.column, column])}`;

/** Parts that make a whole: a negative one has no share of it. */
function isWhole({ measure, values }: Members): boolean {
  return measure.isAdditive && values.length >= fewestMembers && values.every((value) => value >= 0) && sum(values) > 0;
}

function fewestCovering(descending: readonly number[]): number {
  const goal = (coveredPct / 100) * sum(descending);
  let reached = 0;
  return descending.findIndex((value) => (reached += value) >= goal) + 1;
}

function findingOf(investigation: Investigation, members: Members): ReturnType<Candidate['finding']> {
  const { measure, column, values, hidden } = members;
  const parameters = ['value', coveredPct];
  return tell(investigation, {
    type: 'concentration',
    subject: subjectOf(investigation.table, { measure, breakdown: column }),
    sql: members.sql,
    facts: {
      top_members: derived('members_covering', parameters, 'count'),
      members: derived('row_count', [], 'count'),
      share_pct: derived('covered_pct', parameters, '%'),
      hhi: derived('hhi', ['value'], null),
    },
    labels: { member: { kind: 'value', text: members.names[0] ?? '', column } },
    score: { impact: 1, p: null, effect: null, test: 'fewest members of 80 %', n: values.length },
    caveats: [
      ...measureCaveats(investigation, measure),
      ...(hidden > 0 ? [{ code: 'small_groups_hidden' as const, groups: hidden }] : []),
    ],
  });
}
