import type { Candidate, Investigation } from '../findings/investigation.ts';
import { membersOf, type Members } from '../groups/members.ts';
import { pointerTo } from '../evidence/result-cells.ts';
import { sum } from '../statistics/order-statistics.ts';
import { measureCaveats, subjectOf } from '../findings/subjects.ts';
import { derived, tell } from '../findings/tell.ts';
import { sharesTopic } from './concentration.ts';

/** Points of percent between the first and the second. */
const smallestLead = 30;
const strikingLead = 60;

/** One member of a dimension that has far more of a whole than the next one. */
export async function majority(investigation: Investigation): Promise<Candidate[]> {
  return (await membersOf(investigation)).flatMap((members): Candidate[] => {
    const { measure, column, names, values } = members;
    const [first, second] = values;
    if (first === undefined || second === undefined || !measure.isAdditive || values.some((value) => value < 0))
      return [];
    const lead = (100 * (first - second)) / sum(values);
    return [
      {
        type: 'majority',
        subject: subjectOf(investigation.table, { measure, breakdown: column }),
        p: null,
        isLarge: names[0] !== null && names[1] !== null && lead >= smallestLead,
        impact: first / sum(values) || 0,
        strength: Math.min(1, Math.max(0, lead / strikingLead)) || 0,
        topics: [sharesTopic(members)],
        finding: () => findingOf(investigation, members),
      },
    ];
  });
}

function findingOf(investigation: Investigation, members: Members): ReturnType<Candidate['finding']> {
  const { measure, column, names, values } = members;
  return tell(investigation, {
    type: 'majority',
    subject: subjectOf(investigation.table, { measure, breakdown: column }),
    sql: members.sql,
    facts: {
      share_pct: derived('percent_of_column', [pointerTo(0, 1), 'value'], '%'),
      second_share_pct: derived('percent_of_column', [pointerTo(1, 1), 'value'], '%'),
    },
    labels: {
      member: { kind: 'value', text: names[0] ?? '', column },
      second_member: { kind: 'value', text: names[1] ?? '', column },
    },
    score: {
      impact: (values[0] ?? 0) / sum(values),
      p: null,
      effect: ((values[0] ?? 0) - (values[1] ?? 0)) / sum(values),
      test: 'lead of the largest share',
      n: values.length,
    },
    caveats: measureCaveats(investigation, measure),
  });
}
