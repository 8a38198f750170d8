import type { QueryResult } from '../../../models/table.ts';
import { periodSql, dateSql } from '../series/axis.ts';
import { changesOf, type Change } from '../series/changes.ts';
import { compareParts, type ComparedPart } from '../groups/compared-parts.ts';
import { compare, magnitude, subtract, zero } from '../evidence/decimal.ts';
import { derive } from '../derivations/derivations.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { sourceOf } from '../queries/measures.ts';
import { decimalAt, pointerTo } from '../evidence/result-cells.ts';
import { dimensionsOf, inSubspaceSql, memberSql, mostParts, shownNameSql } from '../queries/subspaces.ts';
import { derived, tell } from '../findings/tell.ts';
import { aboutChange, changeCaveats } from './change.ts';

const mostChanges = 6;
const smallestPct = 5;
const largestP = 0.05;
/** Percent of the change that one member must make, and how many times its share of what was there. */
const smallestShare = 50;
const smallestLift = 1.3;
/** A change with its reason is told rather than the change alone. */
const reasonBonus = 1.25;

interface Contribution {
  change: Change;
  breakdown: string;
  sql: string;
  /** The row of the member that did most. */
  row: number;
  member: string;
  hidden: number;
}

/** Which member of a dimension made most of a change, where parts make a whole. */
export async function contribution(investigation: Investigation): Promise<Candidate[]> {
  const changes = (await changesOf(investigation))
    .filter(({ p, own, series }) => p <= largestP && Math.abs(own) >= smallestPct && series.measure.isAdditive)
    .toSorted((first, second) => second.weight - first.weight)
    .slice(0, mostChanges);
  const breakdowns = dimensionsOf(investigation.table).flatMap(({ name, distinct }) =>
    distinct >= 3 && distinct <= mostParts ? [name] : [],
  );
  if (investigation.signal.aborted) return [];
  const partsOf = await compareParts(investigation, changes, breakdowns);
  return changes.flatMap((change) => {
    const free = breakdowns.filter((name) => change.series.filters.every(({ column }) => column !== name));
    const found = free.flatMap((name) => reasonOf(investigation, change, { name, parts: partsOf(change, name) }) ?? []);
    return found.map((each) => candidateOf(investigation, each));
  });
}

function candidateOf(investigation: Investigation, found: Contribution): Candidate {
  const { change, breakdown } = found;
  return {
    type: 'contribution',
    subject: { ...aboutChange(investigation, change), breakdown },
    p: change.p,
    isLarge: true,
    impact: change.series.impact,
    strength: change.strength * reasonBonus,
    topics: [change.topic],
    finding: () => findingOf(investigation, found),
  };
}

function reasonOf(
  investigation: Investigation,
  change: Change,
  { name, parts }: { name: string; parts: readonly ComparedPart[] | undefined },
): Contribution | undefined {
  const result = changedMost(change, parts ?? []);
  const row = result.rows.findIndex(([member]) => member !== null);
  const [member, previous, current] = result.rows[row] ?? [];
  if (member === undefined) return undefined;
  const share = shareOf(result, row);
  const before = Math.abs(Number(previous)) / Math.abs(change.series.values[change.previous] ?? Number.NaN);
  const isReason =
    share >= smallestShare && share >= 100 * smallestLift * before && Number(previous) !== Number(current);
  if (!isReason) return undefined;
  const hidden = result.rows.find(([of]) => of === null)?.[3] ?? 0;
  const sql = partsSql(investigation, change, name);
  return { change, breakdown: name, sql, row, member: String(member), hidden: Number(hidden) };
}

/** What the evidence will give. */
function changedMost({ series }: Change, parts: readonly ComparedPart[]): QueryResult {
  const amounts = parts.map(({ member, members, sums, counts }) => {
    const { previous, current } = series.measure.aggregation === 'count' ? counts : sums;
    const by = magnitude(subtract(decimalAt(current) ?? zero, decimalAt(previous) ?? zero));
    return { row: [member, previous, current, members], by };
  });
  const columns = ['member', 'previous', 'current', 'parts'].map((name) => ({ name, type: '' }));
  const rows = amounts.toSorted((first, second) => compare(second.by, first.by)).map(({ row }) => row);
  return { columns, rows, truncated: false, elapsedMs: 0 };
}

const shareOf = (result: QueryResult, row: number): number =>
  Number(derive(result, { derivation: 'share_of_change_pct', arguments: [String(row)] }) ?? Number.NaN);

/** All parts of both periods: those with too few rows to be shown, and rows without a member, are one part together. */
function partsSql({ table }: Investigation, { series, current, previous }: Change, breakdown: string): string {
  const { axis, measure, filters, periods } = series;
  const amountIn = (index: number): string =>
    `coalesce(${measure.total} FILTER (WHERE ${periodSql(axis)} = ${dateSql(periods[index] ?? '')}), 0)`;
  const either = [previous, current].map((index) => dateSql(periods[index] ?? '')).join(', ');
  return (
    `WITH parts AS (SELECT ${memberSql(breakdown)} AS part, ${amountIn(previous)} AS before, ${amountIn(current)} AS after, ` +
    `count(*) AS size FROM ${sourceOf(measure, table, axis.grain)} ` +
    `WHERE ${periodSql(axis)} IN (${either}) AND ${inSubspaceSql(filters)} GROUP BY ALL), ` +
    `named AS (SELECT *, ${shownNameSql({ name: 'part', size: 'size' })} AS member FROM parts) ` +
    `SELECT member, sum(before) AS previous, ` +
    `sum(after) AS current, count(*) FILTER (WHERE part IS NOT NULL) AS parts ` +
    `FROM named GROUP BY member ORDER BY abs(sum(after) - sum(before)) DESC, member`
  );
}

function findingOf(
  investigation: Investigation,
  { change, breakdown, sql, row, member, hidden }: Contribution,
): ReturnType<Candidate['finding']> {
  const { axis, measure, periods, impact } = change.series;
  return tell(investigation, {
    type: 'contribution',
    subject: { ...aboutChange(investigation, change), breakdown },
    sql,
    facts: {
      change: derived('total_change', [], measure.unit),
      change_pct: derived('total_change_pct', [], '%'),
      part: derived('difference', [pointerTo(row, 2), pointerTo(row, 1)], measure.unit),
      share_pct: derived('share_of_change_pct', [row], '%'),
      members: derived('members_of_change', [80], 'count'),
    },
    labels: {
      member: { kind: 'value', text: member, column: breakdown },
      current_period: { kind: 'period', start: periods[change.current] ?? '', grain: axis.grain },
      previous_period: { kind: 'period', start: periods[change.previous] ?? '', grain: axis.grain },
    },
    score: { impact, p: change.p, effect: change.z, test: 'robust z of past changes', n: change.n },
    caveats: [
      ...changeCaveats(investigation, change),
      ...(hidden > 0 ? [{ code: 'small_groups_hidden' as const, groups: hidden }] : []),
    ],
  });
}
