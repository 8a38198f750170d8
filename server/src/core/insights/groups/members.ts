import type { TableProfile } from '../../../models/insight.ts';
import { compare, formatDecimal } from '../evidence/decimal.ts';
import { amountOf, groupSql, namedSql, setsSql } from '../queries/grouping.ts';
import type { Investigation } from '../findings/investigation.ts';
import { bySource, measuresOf, sourceOf, totalOfPartsSql, type Measure } from '../queries/measures.ts';
import { remember } from '../findings/remember.ts';
import { decimalAt } from '../evidence/result-cells.ts';
import { sum } from '../statistics/order-statistics.ts';
import { dimensionsOf, isNamedSql, memberSql, mostParts, shownNameSql } from '../queries/subspaces.ts';
import { askTogether, type Answered } from '../queries/together.ts';

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

/** The members of every dimension in every measure; every row of the table is looked at once for all of them. */
export function membersOf(investigation: Investigation): Promise<readonly Members[]> {
  return remember(investigation, 'members', async () => {
    const { table, session } = investigation;
    const columns = dimensionsOf(table).flatMap(({ name, distinct }) => (distinct <= mostParts ? [name] : []));
    if (columns.length === 0) return [];
    const measures = measuresOf(table);
    const found = new Map<Measure, Members[]>();
    for (const { source, measures: same } of bySource(measures, table, 'year')) {
      if (investigation.signal.aborted) break;
      const answered = await askTogether(columns, (asked) => session.query(partsSql(source, same, asked)));
      for (const [place, measure] of same.entries()) {
        found.set(
          measure,
          answered.flatMap((each) => readMembers(each, { place, measure, table })),
        );
      }
    }
    return measures.flatMap((measure) => found.get(measure) ?? []);
  });
}

/** One dimension in one measure as anyone can query it again. */
function membersSql(measure: Measure, column: string, source: string): string {
  return (
    `WITH parts AS (SELECT ${memberSql(column)} AS part, count(*) AS rows_of_part FROM ${source} GROUP BY ALL), ` +
    `shown AS (SELECT part FROM parts QUALIFY ${isNamedSql({ name: 'part', size: 'rows_of_part' })}) ` +
    `SELECT CASE WHEN ${memberSql(column)} IN (FROM shown) THEN ${memberSql(column)} END AS member, ` +
    `${measure.total} AS value, count(*) AS size, count(DISTINCT ${memberSql(column)}) AS parts ` +
    `FROM ${source} GROUP BY 1 HAVING value IS NOT NULL ORDER BY value DESC, member`
  );
}

/** The same of many: columns `place`, `member`, `size`, `parts`, and the value in each measure. */
function partsSql(source: string, measures: readonly Measure[], columns: readonly string[]): string {
  const sums = measures.map((_, place) => `sum(${amountOf(place)}) AS sum_${String(place)}`);
  const counts = measures.map((_, place) => `count(${amountOf(place)}) AS count_${String(place)}`);
  const totals = measures.map((measure, place) =>
    totalOfPartsSql(measure, { sums: `sum_${String(place)}`, counts: `count_${String(place)}` }),
  );
  return (
    `WITH source AS (SELECT ${namedSql(columns.map(memberSql), measures)} FROM ${source}), ` +
    `parts AS (SELECT ${groupSql(columns.length)}, count(*) AS size, ${[...sums, ...counts].join(', ')} FROM source ` +
    `GROUP BY ${setsSql(columns.length, { whole: false })}), ` +
    `named AS (SELECT *, ${shownNameSql({ name: 'member', size: 'size', within: ['place'] })} AS shown ` +
    `FROM parts) SELECT place, shown, sum(size), count(member), ${totals.join(', ')} FROM named GROUP BY place, shown ` +
    `ORDER BY place, shown`
  );
}

function readMembers(
  { columns, result }: Answered<string>,
  { place: at, measure, table }: { place: number; measure: Measure; table: TableProfile },
): Members[] {
  // Evidence that is not whole is none.
  if (result.truncated) return [];
  return columns.map((column, index) => {
    const rows = result.rows.flatMap(([place, name = null, size, parts, ...values]) => {
      const value = decimalAt(values[at]);
      if (Number(place) !== index || value === undefined) return [];
      return [{ name: name === null ? null : String(name), size: Number(size), parts: Number(parts), value }];
    });
    const descending = rows.toSorted((first, second) => compare(second.value, first.value));
    const total = sum(rows.map(({ size }) => size));
    return {
      measure,
      column,
      sql: membersSql(measure, column, sourceOf(measure, table, 'year')),
      names: descending.map(({ name }) => name),
      values: descending.map(({ value }) => Number(formatDecimal(value))),
      rowShares: descending.map(({ size }) => size / total),
      hidden: sum(rows.map(({ name, parts }) => (name === null ? parts : 0))),
    };
  });
}
