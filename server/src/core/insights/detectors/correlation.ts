import type { TableProfile } from '../../../models/insight.ts';
import { derive } from '../derivations.ts';
import type { Candidate, Investigation } from '../investigation.ts';
import { measuresOf, type Measure } from '../measures.ts';
import { columnNumbers } from '../result-cells.ts';
import { sampleOf } from '../sample.ts';
import { quoteName } from '../sql.ts';
import { fisherP, partial } from '../statistics/spearman.ts';
import { measureCaveats, subjectOf } from '../subjects.ts';
import { cell, derived, tell } from '../tell.ts';

const smallestRho = 0.3;
/** That two measures of one thing go together is less of a surprise than what happens to them. */
const mostStrength = 0.6;

interface Pair {
  first: Measure;
  second: Measure & { column: string };
  sql: string;
  rho: number;
  /** What is left of it when time is held still. */
  atOneTime: number;
  p: number;
  pairs: number;
}

/** Measures that are high and low together, by Spearman's rho of their rows. */
export async function correlation(investigation: Investigation): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const measures = measuresOf(investigation.table).flatMap((measure) =>
    measure.column === null ? [] : [{ ...measure, column: measure.column }],
  );
  for (const [index, second] of measures.entries()) {
    for (const first of measures.slice(0, index)) {
      if (investigation.signal.aborted) return candidates;
      const found = await correlate(investigation, first, second);
      candidates.push({
        type: 'correlation',
        subject: subjectOf(investigation.table, { measure: first }),
        p: found.p,
        isLarge: Math.min(Math.abs(found.rho), Math.abs(found.atOneTime)) >= smallestRho,
        impact: Math.min(1, found.pairs / investigation.table.rows),
        strength: (mostStrength * (Math.abs(found.rho) - smallestRho)) / (1 - smallestRho),
        topics: [`together ${JSON.stringify([first.column, second.column])}`],
        finding: () => findingOf(investigation, found),
      });
    }
  }
  return candidates;
}

async function correlate(
  { session, table }: Investigation,
  first: Measure,
  second: Measure & { column: string },
): Promise<Pair> {
  const sql = sumsSql(table, first, second);
  const result = await session.query(sql);
  const rhoOf = (derivation: string): number => Number(derive(result, { derivation, arguments: [] }) ?? 0);
  const rho = rhoOf('spearman_rho');
  const hasTime = table.time !== null && !isSeries(table);
  const times = { firstThird: rhoOf('spearman_rho_x_time'), secondThird: rhoOf('spearman_rho_y_time') };
  const atOneTime = hasTime ? partial({ both: rho, ...times }) : rho;
  const pairs = columnNumbers(result, 'pairs')[0] ?? 0;
  const weaker = Math.sign(rho) === Math.sign(atOneTime) ? Math.min(Math.abs(rho), Math.abs(atOneTime)) : 0;
  return { first, second, sql, rho, atOneTime: weaker, p: fisherP(weaker, pairs), pairs };
}

/**
 * Exact sums over ranks. Where rows are one series, steps from row to row are ranked: two series that both rise, or that
 * both remember where they were, go together by chance.
 */
function sumsSql(table: TableProfile, first: Measure, second: Measure): string {
  const time = table.time === null ? '0' : quoteName(table.time.column);
  const step = (amount: string): string =>
    isSeries(table) ? `${amount} - lag(${amount}) OVER (ORDER BY ${time})` : amount;
  return (
    `WITH amounts AS (SELECT ${step(first.amount)} AS a, ${step(second.amount)} AS b, ${time} AS t ` +
    `FROM ${sampleOf(quoteName(table.name), table)}), ` +
    `places AS (SELECT ${place('a')} AS x, ${place('b')} AS y, ${place('t')} AS z FROM amounts ` +
    `WHERE a IS NOT NULL AND b IS NOT NULL AND t IS NOT NULL) ` +
    `SELECT count(*) AS pairs, sum(x) AS x, sum(y) AS y, sum(z) AS z, sum(x * x) AS xx, sum(y * y) AS yy, ` +
    `sum(z * z) AS zz, sum(x * y) AS xy, sum(x * z) AS xz, sum(y * z) AS yz FROM places`
  );
}

const place = (name: string): string =>
  `CAST(2 * rank() OVER (ORDER BY ${name}) + count(*) OVER (PARTITION BY ${name}) - 1 AS HUGEINT)`;

function isSeries({ time, rows, columns }: TableProfile): boolean {
  return time !== null && columns.some(({ name, distinct }) => name === time.column && distinct === rows);
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
