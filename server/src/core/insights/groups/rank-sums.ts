import type { QueryResult } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { amountOf } from '../queries/grouping.ts';
import { rankSql } from './ranks.ts';

/** What is ranked: rows of `source`, by amounts and by a time, each in SQL. */
export interface Ranked {
  source: string;
  amounts: readonly string[];
  time: string;
}

/**
 * Of two amounts by their places, the sums over the ranks of both and of time, as `spearman_rho` takes them; null where rows
 * that lack another amount have both, for those have other ranks then.
 */
export type SumsOf = (first: number, second: number) => QueryResult | null;

/** Ranks the rows that have all amounts, once for all pairs. */
export async function sumRanks(session: Pick<DataSession, 'query'>, ranked: Ranked): Promise<SumsOf> {
  const places = ranked.amounts.map((_, place) => place);
  const pairs = places.flatMap((second) => places.slice(0, second).map((first): [number, number] => [first, second]));
  const { columns, rows } = await session.query(sumsSql(ranked, pairs));
  const cells = new Map(columns.map(({ name }, index) => [name, rows[0]?.[index] ?? null]));
  return (first, second) => {
    const [x, y] = [`r${first}`, `r${second}`];
    if (cells.get(`both_${first}_${second}`) !== cells.get('pairs')) return null;
    const names = ['pairs', x, y, 'z', x + x, y + y, 'zz', x + y, `${x}z`, `${y}z`];
    return {
      columns: ['pairs', 'x', 'y', 'z', 'xx', 'yy', 'zz', 'xy', 'xz', 'yz'].map((name) => ({ name, type: '' })),
      rows: [names.map((name) => cells.get(name) ?? null)],
      truncated: false,
      elapsedMs: 0,
    };
  };
}

function sumsSql({ source, amounts, time }: Ranked, pairs: readonly (readonly [number, number])[]): string {
  const named = amounts.map((amount, place) => `${amount} AS ${amountOf(place)}`);
  const all = amounts.map((_, place) => `${amountOf(place)} IS NOT NULL`);
  const ranks = amounts.map((_, place) => `${rankSql(amountOf(place))} AS r${place}`);
  const alone = amounts.flatMap((_, place) => {
    const rank = `r${place}`;
    return [`sum(${rank}) AS ${rank}`, `sum(${rank} * ${rank}) AS ${rank}${rank}`, `sum(${rank} * z) AS ${rank}z`];
  });
  const together = pairs.map(([first, second]) => `sum(r${first} * r${second}) AS r${first}r${second}`);
  const both = pairs.map(
    ([first, second]) =>
      `count(*) FILTER (WHERE t IS NOT NULL AND ${all[first] ?? ''} AND ${all[second] ?? ''}) AS both_${first}_${second}`,
  );
  return (
    `WITH amounts AS (SELECT ${[...named, `${time} AS t`].join(', ')} FROM ${source}), ` +
    `ranked AS (SELECT ${[...ranks, `${rankSql('t')} AS z`].join(', ')} FROM amounts ` +
    `WHERE t IS NOT NULL AND ${all.join(' AND ')}), ` +
    `sums AS (SELECT count(*) AS pairs, sum(z) AS z, sum(z * z) AS zz, ${[...alone, ...together].join(', ')} FROM ranked), ` +
    `complete AS (SELECT ${both.join(', ')} FROM amounts) SELECT * FROM sums, complete`
  );
}
