import type { TableProfile } from '../../../models/insight.ts';
import type { Cell } from '../../../models/table.ts';
import { courseAxis } from '../series/axis.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { measuresOf, type Measure } from '../queries/measures.ts';
import { rankGroups, type RankedGroups } from '../groups/ranked-groups.ts';
import { pointerTo } from '../evidence/result-cells.ts';
import { quoteName } from '../../../models/sql.ts';
import { kruskalWallisOfRanks, type KruskalWallis } from '../statistics/kruskal-wallis.ts';
import { measureCaveats, subjectOf } from '../findings/subjects.ts';
import { dimensionsOf, memberSql } from '../queries/subspaces.ts';
import { cell, derived, tell } from '../findings/tell.ts';
import { sharesTopic } from './concentration.ts';

const fewestRows = 20;
const mostGroups = 50;
const smallestEffect = 0.06;
const strikingEffect = 0.4;
/** How a whole is spread says more than what its single rows are. */
const mostStrengthOfParts = 0.3;
const mostStrength = 0.8;
const smallestPct = 5;

interface Difference extends KruskalWallis {
  measure: Measure;
  column: string;
  sql: string;
  /** Of the medians of the first and the last group, in percent of the last; NaN where there is none. */
  percent: number;
  names: readonly string[];
}

/** Groups whose rows are higher or lower than those of other groups, by Kruskal and Wallis's test. */
export async function groupDifference(investigation: Investigation): Promise<Candidate[]> {
  const { table, signal } = investigation;
  const columns = dimensionsOf(table).flatMap(({ name, distinct }) => (distinct <= mostGroups ? [name] : []));
  const measures = measuresOf(table).filter(({ column, aggregation }) => column !== null && aggregation !== 'last');
  if (signal.aborted || columns.length === 0 || measures.length === 0) return [];
  const ranked = await rankGroups(investigation, { measures, columns, axis: courseAxis(table) });
  const differences = measures.flatMap((measure, index) =>
    (ranked[index] ?? []).flatMap((each) => (each.groups.length < 2 ? [] : [differenceOf(table, measure, each)])),
  );
  return (await withMedians(investigation, differences)).map((found) => ({
    type: 'group_difference',
    subject: subjectOf(table, { measure: found.measure, breakdown: found.column }),
    p: found.p,
    isLarge: found.epsilonSquared >= smallestEffect && Math.abs(found.percent) >= smallestPct,
    impact: 1,
    strength:
      (found.measure.isAdditive ? mostStrengthOfParts : mostStrength) *
      Math.min(1, found.epsilonSquared / strikingEffect),
    topics: [sharesTopic(found)],
    finding: () => findingOf(investigation, found),
  }));
}

function differenceOf({ name }: TableProfile, measure: Measure, { column, ...ranked }: RankedGroups): Difference {
  const test = kruskalWallisOfRanks(ranked.groups, ranked);
  const p = ranked.inflation > 1 ? test.pOfRanks : test.p;
  const sql = mediansSql(name, measure, column);
  return { ...test, p, measure, column, sql, percent: Number.NaN, names: [] };
}

/** Medians are only asked for where the difference is one that may be told. */
async function withMedians(
  { session, signal }: Investigation,
  differences: readonly Difference[],
): Promise<readonly Difference[]> {
  const large = differences.filter(({ epsilonSquared }) => epsilonSquared >= smallestEffect);
  if (large.length === 0 || signal.aborted) return differences;
  const all = large.map(
    ({ sql }, index) =>
      `SELECT ${String(index)} AS number, row_number() OVER (ORDER BY value DESC, member) AS place, member, CAST(value AS VARCHAR) FROM (${sql})`,
  );
  const { rows } = await session.query(`${all.join(' UNION ALL ')} ORDER BY number, place`);
  return differences.map((difference) => {
    const number = large.indexOf(difference);
    const own = rows.filter(([of]) => Number(of) === number);
    return own.length === 0 ? difference : withNames(difference, own);
  });
}

function withNames(difference: Difference, rows: readonly (readonly Cell[])[]): Difference {
  const [highest, lowest] = [Number(rows.at(0)?.[3]), Number(rows.at(-1)?.[3])];
  const percent = lowest === 0 ? Number.NaN : (100 * (highest - lowest)) / Math.abs(lowest);
  return { ...difference, percent, names: rows.map(([, , name]) => String(name)) };
}

function mediansSql(table: string, { amount }: Measure, column: string): string {
  return (
    `SELECT ${memberSql(column)} AS member, median(${amount}) AS value, count(${amount}) AS size ` +
    `FROM ${quoteName(table)} WHERE ${quoteName(column)} IS NOT NULL GROUP BY ALL ` +
    `HAVING count(${amount}) >= ${String(fewestRows)} ORDER BY value DESC, member`
  );
}

function findingOf(investigation: Investigation, found: Difference): ReturnType<Candidate['finding']> {
  const { measure, column, names } = found;
  const last = names.length - 1;
  return tell(investigation, {
    type: 'group_difference',
    subject: subjectOf(investigation.table, { measure, breakdown: column }),
    sql: found.sql,
    facts: {
      highest: cell(0, 1, measure.unit),
      lowest: cell(last, 1, measure.unit),
      difference_pct: derived('percent_change', [pointerTo(0, 1), pointerTo(last, 1)], '%'),
    },
    labels: {
      highest_member: { kind: 'value', text: names[0] ?? '', column },
      lowest_member: { kind: 'value', text: names[last] ?? '', column },
    },
    score: { impact: 1, p: found.p, effect: found.epsilonSquared, test: 'Kruskal-Wallis', n: found.n },
    caveats: measureCaveats(investigation, measure),
  });
}
