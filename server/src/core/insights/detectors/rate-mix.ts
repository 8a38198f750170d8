import type { Caveat } from '../../../models/insight.ts';
import type { QueryResult } from '../../../models/table.ts';
import { dateSql, periodSql } from '../series/axis.ts';
import { changesOf, type Change } from '../series/changes.ts';
import { compareParts, type ComparedPart } from '../groups/compared-parts.ts';
import { derive } from '../derivations/derivations.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { columnNumbers } from '../evidence/result-cells.ts';
import { quoteName } from '../../../models/sql.ts';
import { dimensionsOf, memberSql, mostParts, shownNameSql } from '../queries/subspaces.ts';
import { derived, tell } from '../findings/tell.ts';
import { aboutChange, changeCaveats } from './change.ts';

const smallestPct = 3;
/** Of both effects together, what the mix must make to be worth telling. */
const smallestMix = 0.4;
/** Why an average changed says more than that it did. */
const reasonBonus = 1.25;

const numberNames = ['previous_sum', 'previous_count', 'current_sum', 'current_count'];

interface Mix {
  change: Change;
  breakdown: string;
  sql: string;
  /** Every member's own average went the other way (Simpson's paradox). */
  isReversed: boolean;
}

/** Averages that changed because of the mix of their members, not because of the members themselves. */
export async function rateMix(investigation: Investigation): Promise<Candidate[]> {
  const changes = (await changesOf(investigation)).filter(
    ({ series }) => series.measure.aggregation === 'avg' && series.filters.length === 0,
  );
  const { table, signal } = investigation;
  const breakdowns = dimensionsOf(table).flatMap(({ name, distinct }) => (distinct <= mostParts ? [name] : []));
  if (signal.aborted) return [];
  const partsOf = await compareParts(investigation, changes, breakdowns);
  const mixes = changes.flatMap((change) =>
    breakdowns.flatMap((name) => mixOf(table.name, change, { name, parts: partsOf(change, name) }) ?? []),
  );
  return mixes.map((found) => ({
    type: 'rate_mix',
    subject: { ...aboutChange(investigation, found.change), breakdown: found.breakdown },
    p: found.change.p,
    isLarge: Math.abs(found.change.own) >= smallestPct,
    impact: found.change.series.impact,
    strength: found.change.strength * reasonBonus,
    topics: [found.change.topic],
    finding: () => findingOf(investigation, found),
  }));
}

function mixOf(
  table: string,
  change: Change,
  { name, parts }: { name: string; parts: readonly ComparedPart[] | undefined },
): Mix | undefined {
  const result = asEvidence(parts ?? []);
  const [rate, mix] = ['rate_effect', 'mix_effect'].map((derivation) =>
    Math.abs(Number(derive(result, { derivation, arguments: [] }) ?? Number.NaN)),
  );
  if (rate === undefined || mix === undefined || !(mix >= smallestMix * (rate + mix))) return undefined;
  return { change, breakdown: name, sql: mixSql(table, change, name), isReversed: isReversed(result, change) };
}

/** What the evidence will give. */
function asEvidence(parts: readonly ComparedPart[]): QueryResult {
  const columns = ['member', ...numberNames].map((name) => ({ name, type: '' }));
  const rows = parts.map(({ member, sums, counts }) => {
    return [member, sums.previous, counts.previous, sums.current, counts.current];
  });
  return { columns, rows, truncated: false, elapsedMs: 0 };
}

function isReversed(result: QueryResult, { percent }: Change): boolean {
  const [previousSums, previousCounts] = [
    columnNumbers(result, 'previous_sum'),
    columnNumbers(result, 'previous_count'),
  ];
  const [currentSums, currentCounts] = [columnNumbers(result, 'current_sum'), columnNumbers(result, 'current_count')];
  const changes = currentSums.flatMap((sum, row) => {
    const [count = 0, before = 0] = [currentCounts[row], previousCounts[row]];
    return count === 0 || before === 0 ? [] : [sum / count - (previousSums[row] ?? 0) / before];
  });
  return changes.length > 1 && changes.every((each) => Math.sign(each) === -Math.sign(percent));
}

function mixSql(table: string, { series, current, previous }: Change, breakdown: string): string {
  const { axis, measure, periods } = series;
  const filter = (index: number): string => `FILTER (WHERE ${periodSql(axis)} = ${dateSql(periods[index] ?? '')})`;
  const parts = [previous, current].flatMap((index) => [
    `coalesce(sum(${measure.amount}) ${filter(index)}, 0)`,
    `count(${measure.amount}) ${filter(index)}`,
  ]);
  const either = [previous, current].map((index) => dateSql(periods[index] ?? '')).join(', ');
  const aliased = parts.map((part, index) => `${part} AS part_${numberNames[index] ?? ''}`).join(', ');
  const summed = numberNames.map((name) => `CAST(sum(part_${name}) AS DECIMAL(38, 6)) AS ${name}`).join(', ');
  return (
    `WITH parts AS (SELECT ${memberSql(breakdown)} AS part, ${aliased}, count(*) AS size FROM ${quoteName(table)} ` +
    `WHERE ${periodSql(axis)} IN (${either}) GROUP BY ALL), ` +
    `named AS (SELECT *, ${shownNameSql({ name: 'part', size: 'size' })} AS member FROM parts) ` +
    `SELECT member, ${summed} FROM named GROUP BY member ORDER BY member`
  );
}

function findingOf(
  investigation: Investigation,
  { change, breakdown, sql, isReversed: isReversedInParts }: Mix,
): ReturnType<Candidate['finding']> {
  const { axis, measure, periods, impact } = change.series;
  const reversed: Caveat[] = isReversedInParts ? [{ code: 'reversed_in_parts', breakdown }] : [];
  return tell(investigation, {
    type: 'rate_mix',
    subject: { ...aboutChange(investigation, change), breakdown },
    sql,
    facts: {
      change: derived('average_change', [], measure.unit),
      rate_effect: derived('rate_effect', [], measure.unit),
      mix_effect: derived('mix_effect', [], measure.unit),
      current: derived('average_current', [], measure.unit),
      previous: derived('average_previous', [], measure.unit),
    },
    labels: {
      current_period: { kind: 'period', start: periods[change.current] ?? '', grain: axis.grain },
      previous_period: { kind: 'period', start: periods[change.previous] ?? '', grain: axis.grain },
    },
    score: { impact, p: change.p, effect: change.z, test: 'robust z of past changes', n: change.n },
    caveats: [...changeCaveats(investigation, change), ...reversed],
  });
}
