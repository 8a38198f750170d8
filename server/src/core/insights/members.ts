import type { Investigation } from './investigation.ts';
import { measuresOf, sourceOf, type Measure } from './measures.ts';
import { remember } from './remember.ts';
import { dimensionsOf, fewestRows, memberSql, mostParts } from './subspaces.ts';

/** What each member of a dimension is in one measure, over all rows. */
export interface Members {
  measure: Measure;
  column: string;
  /** Columns `member`, `value`, `size`, largest value first; those with too few rows are one row without a name. */
  sql: string;
  names: readonly (string | null)[];
  values: readonly number[];
  /** Share of all rows of each. */
  rowShares: readonly number[];
  /** Members that are not shown because they have too few rows. */
  hidden: number;
}

/** The members of every dimension in every measure. */
export function membersOf(investigation: Investigation): Promise<readonly Members[]> {
  return remember(investigation, 'members', async () => {
    const all: Members[] = [];
    for (const measure of measuresOf(investigation.table)) {
      for (const { name, distinct } of dimensionsOf(investigation.table)) {
        if (investigation.signal.aborted) return all;
        if (distinct <= mostParts) all.push(await queryMembers(investigation, measure, name));
      }
    }
    return all;
  });
}

async function queryMembers({ session, table }: Investigation, measure: Measure, column: string): Promise<Members> {
  const source = sourceOf(measure, table, 'year');
  const sql =
    `WITH parts AS (SELECT ${memberSql(column)} AS part, count(*) AS rows_of_part FROM ${source} GROUP BY ALL), ` +
    `shown AS (SELECT part FROM parts WHERE rows_of_part >= ${String(fewestRows)}) ` +
    `SELECT CASE WHEN ${memberSql(column)} IN (FROM shown) THEN ${memberSql(column)} END AS member, ` +
    `${measure.total} AS value, count(*) AS size, count(DISTINCT ${memberSql(column)}) AS parts ` +
    `FROM ${source} GROUP BY member HAVING value IS NOT NULL ORDER BY value DESC, member`;
  const { rows } = await session.query(sql);
  const total = rows.reduce((sum, [, , size]) => sum + Number(size), 0);
  return {
    measure,
    column,
    sql,
    names: rows.map(([name = null]) => (name === null ? null : String(name))),
    values: rows.map(([, value]) => Number(value)),
    rowShares: rows.map(([, , size]) => Number(size) / total),
    hidden: rows.filter(([name]) => name === null).reduce((sum, [, , , parts]) => sum + Number(parts), 0),
  };
}
