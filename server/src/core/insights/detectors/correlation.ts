import type { TableProfile } from '../../../models/insight.ts';
import type { QueryResult } from '../../../models/table.ts';
import { derive } from '../derivations/derivations.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { measuresOf, type Measure } from '../queries/measures.ts';
import { columnNumbers } from '../evidence/result-cells.ts';
import { isSeries, pairsSql, stepSql, timeSql } from '../groups/rank-pairs.ts';
import { sumRanks } from '../groups/rank-sums.ts';
import { sampleOf } from '../queries/sample.ts';
import { quoteName } from '../../../models/sql.ts';
import { fisherP, partial } from '../statistics/spearman.ts';
import { measureCaveats, subjectOf } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';

const smallestRho = 0.3;
/** That two measures of one thing go together is less of a surprise than what happens to them. */
const mostStrength = 0.6;

type NamedMeasure = Measure & { column: string };

interface Pair {
  first: NamedMeasure;
  second: NamedMeasure;
  sql: string;
  rho: number;
  /** What is left of it when time is held still. */
  atOneTime: number;
  p: number;
  pairs: number;
}

/** Measures that are high and low together, by Spearman's rho of their rows. */
export async function correlation(investigation: Investigation): Promise<Candidate[]> {
  const measures = measuresOf(investigation.table).flatMap((measure) =>
    measure.column === null ? [] : [{ ...measure, column: measure.column }],
  );
  if (measures.length < 2 || investigation.signal.aborted) return [];
  return (await correlate(investigation, measures)).map((pair) => ({
    type: 'correlation',
    subject: subjectOf(investigation.table, { measure: pair.first }),
    p: pair.p,
    isLarge: Math.min(Math.abs(pair.rho), Math.abs(pair.atOneTime)) >= smallestRho,
    impact: Math.min(1, pair.pairs / investigation.table.rows),
    strength: (mostStrength * (Math.abs(pair.rho) - smallestRho)) / (1 - smallestRho),
    topics: [`together ${JSON.stringify([pair.first.column, pair.second.column])}`],
    finding: () => findingOf(investigation, pair),
  }));
}

/** Every measure with every other one. */
async function correlate(
  { session, table, signal }: Investigation,
  measures: readonly NamedMeasure[],
): Promise<readonly Pair[]> {
  const sumsOf = await sumRanks(session, {
    source: sampleOf(quoteName(table.name), table),
    amounts: measures.map(({ amount }) => stepSql(table, amount)),
    time: timeSql(table),
  });
  const pairs: Pair[] = [];
  for (const [later, second] of measures.entries()) {
    for (const [earlier, first] of measures.slice(0, later).entries()) {
      if (signal.aborted) return pairs;
      const sql = pairsSql(table, first, second);
      const result = sumsOf(earlier, later) ?? (await session.query(sql));
      pairs.push({ first, second, sql, ...rhosOf(table, result) });
    }
  }
  return pairs;
}

function rhosOf(table: TableProfile, result: QueryResult): Pick<Pair, 'rho' | 'atOneTime' | 'p' | 'pairs'> {
  const rhoOf = (derivation: string): number => Number(derive(result, { derivation, arguments: [] }) ?? 0);
  const rho = rhoOf('spearman_rho');
  const hasTime = table.time !== null && !isSeries(table);
  const times = { firstThird: rhoOf('spearman_rho_x_time'), secondThird: rhoOf('spearman_rho_y_time') };
  const atOneTime = hasTime ? partial({ both: rho, ...times }) : rho;
  const pairs = columnNumbers(result, 'pairs')[0] ?? 0;
  const weaker = Math.sign(rho) === Math.sign(atOneTime) ? Math.min(Math.abs(rho), Math.abs(atOneTime)) : 0;
  return { rho, atOneTime: weaker, p: fisherP(weaker, pairs), pairs };
}

function findingOf(investigation: Investigation, { first, second, ...found }: Pair): ReturnType<Candidate['finding']> {
  return tell(investigation, {
    type: 'correlation',
    subject: subjectOf(investigation.table, { measure: first }),
    sql: found.sql,
    facts: { rho: derived('spearman_rho', [], null), pairs: cell(0, 0, 'count') },
    labels: { other: { kind: 'column', text: second.column } },
    score: {
      impact: Math.min(1, found.pairs / investigation.table.rows),
      p: found.p,
      effect: found.rho,
      test: 'Spearman, Fisher z',
      n: found.pairs,
    },
    caveats: measureCaveats(investigation, first),
  });
}
