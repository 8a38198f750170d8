import type { QueryResult } from '../../../models/table.ts';
import { periodSql, withinSql, type Axis } from './axis.ts';
import { amountOf, groupSql, namedSql, setsSql } from '../queries/grouping.ts';
import type { Investigation } from '../findings/investigation.ts';
import { bySource, totalSql, type Measure } from '../queries/measures.ts';
import { packSql, unpackRows } from '../queries/packed-rows.ts';
import { fewestRows, memberSql, mostParts, type Member } from '../queries/subspaces.ts';
import { askTogether } from '../queries/together.ts';

/** One measure in one subspace, period by period. */
export interface SeriesCells {
  /** null: all rows. */
  member: Member | null;
  rows: number;
  cells: ReadonlyMap<string, number>;
}

export interface SeriesRequest {
  axis: Axis;
  measures: readonly Measure[];
  /** Whose members have series of their own, and how many of them, those with most rows first. */
  columns: readonly { name: string; distinct: number }[];
  members: number;
}

/** More would not fit in one result, whatever their numbers are. */
const mostCells = 20_000;

/** The series of each measure, that of all rows first; every row of the table is looked at once for all of them. */
export async function querySeries(
  investigation: Investigation,
  { axis, measures, columns, members }: SeriesRequest,
): Promise<ReadonlyMap<Measure, readonly SeriesCells[]>> {
  const found = new Map<Measure, SeriesCells[]>();
  const atOnce = Math.max(1, Math.floor(mostCells / ((1 + columns.length * members) * axis.periods.length)));
  for (const { source, measures: same } of bySource(measures, investigation.table, axis.grain)) {
    for (let start = 0; start < same.length; start += atOnce) {
      if (investigation.signal.aborted) return found;
      const some = same.slice(start, start + atOnce);
      const answered = await askTogether(columns, (asked) =>
        investigation.session.query(cellsSql(source, { axis, measures: some, columns: asked, members })),
      );
      for (const [place, measure] of some.entries()) {
        found.set(
          measure,
          withoutRepeatedWhole(answered.flatMap((each) => readSeries(each.result, each.columns, place))),
        );
      }
    }
  }
  return found;
}

/** One row per series, whose periods and values are packed. */
function cellsSql(source: string, { axis, measures, columns, members }: SeriesRequest): string {
  const within = `${source} WHERE ${withinSql(axis)}`;
  const named = namedSql(
    columns.map((column) =>
      column.distinct > mostParts ? largestOnly(column.name, within, members) : memberSql(column.name),
    ),
    measures,
  );
  const totals = measures.map((measure, place) => `${totalSql(measure, amountOf(place))} AS value_${String(place)}`);
  const values = measures.map((_, place) => `value_${String(place)}`);
  return (
    `WITH source AS (SELECT ${periodSql(axis)} AS period, ${named} FROM ${within}), ` +
    `cells AS (SELECT ${groupSql(columns.length)}, period, count(*) AS size, ${totals.join(', ')} FROM source ` +
    `GROUP BY ${setsSql(columns.length, { by: ['period'], whole: true })}) ` +
    `SELECT place, member, CAST(sum(size) AS BIGINT) AS size, ${packSql(['period', ...values])} ` +
    `FROM cells WHERE place < 0 OR member IS NOT NULL GROUP BY place, member HAVING sum(size) >= ${String(fewestRows)} ` +
    `QUALIFY row_number() OVER (PARTITION BY place ORDER BY sum(size) DESC, member) <= ${String(Math.max(1, members))} ` +
    `ORDER BY place, size DESC, member`
  );
}

/** Where a column has thousands of members, only those that series are made of are grouped by. */
function largestOnly(column: string, within: string, members: number): string {
  const member = memberSql(column);
  return (
    `CASE WHEN ${member} IN (SELECT part FROM (SELECT ${member} AS part, count(*) AS size FROM ${within} GROUP BY ALL) ` +
    `WHERE part IS NOT NULL ORDER BY size DESC, part LIMIT ${String(members)}) THEN ${member} END`
  );
}

function readSeries(result: QueryResult, columns: SeriesRequest['columns'], measure: number): SeriesCells[] {
  return result.rows.map(([place = -1, name = '', size = 0, packed = '']) => {
    const column = columns[Number(place)];
    return {
      member: column === undefined ? null : { column: column.name, value: String(name) },
      rows: Number(size),
      cells: readCells(unpackRows(packed), measure),
    };
  });
}

function readCells(rows: readonly (readonly string[])[], measure: number): Map<string, number> {
  return new Map(
    rows.flatMap(([period = '', ...values]): [string, number][] => {
      const value = values[measure] ?? '';
      return value === '' ? [] : [[period, Number(value)]];
    }),
  );
}

/** Where columns were asked about in several queries, each of them gave it. */
function withoutRepeatedWhole(series: readonly SeriesCells[]): SeriesCells[] {
  return series.filter(({ member }, index) => member !== null || index === 0);
}
