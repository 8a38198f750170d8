import type { Cell, QueryResult } from '../../../models/table.ts';
import { dateSql, withinSql } from '../series/axis.ts';
import type { Change } from '../series/changes.ts';
import { amountOf, memberOf, namedSql } from '../queries/grouping.ts';
import type { Investigation } from '../findings/investigation.ts';
import type { Measure } from '../queries/measures.ts';
import { quoteName, quoteText } from '../../../models/sql.ts';
import { memberSql, shownNameSql, type Member } from '../queries/subspaces.ts';
import { askTogether } from '../queries/together.ts';

/** What a member was and is in the two periods of a change; those with too few rows are one part without a name. */
export interface ComparedPart {
  member: string | null;
  /** Members that it is made of. */
  members: number;
  /** Of all amounts, and how many amounts there are. */
  sums: { previous: Cell; current: Cell };
  counts: { previous: Cell; current: Cell };
}

/** The parts of a change by the members of a column, by name; undefined when they do not fit in a result. */
export type PartsOf = (change: Change, breakdown: string) => readonly ComparedPart[] | undefined;

/**
 * The parts of all changes by each of the columns. Every row of the two periods, which are the same for all changes, is looked
 * at once. Measures that count only some of the rows are not compared like this.
 */
export async function compareParts(
  { session, table }: Investigation,
  changes: readonly Change[],
  breakdowns: readonly string[],
): Promise<PartsOf> {
  if (changes.length === 0 || breakdowns.length === 0) return () => undefined;
  const measures = [...new Set(changes.map(({ series }) => series.measure))];
  const filters = filtersOf(changes);
  const answered = await askTogether(breakdowns, (asked) =>
    session.query(partsSql(table.name, { changes, measures, breakdowns: asked, filters })),
  );
  return ({ series }, breakdown) => {
    const answer = answered.find(({ columns }) => columns.includes(breakdown));
    if (answer === undefined || answer.result.truncated) return undefined;
    const { column, value } = series.filters[0] ?? { column: null, value: null };
    const place = answer.columns.indexOf(breakdown) * filters.length + filters.findIndex((of) => of.column === column);
    return readParts(answer.result, { place, value, measure: measures.indexOf(series.measure) });
  };
}

/** A column that changes are narrowed by, and to which of its members; a column of null: those of all rows. */
interface Filter {
  column: string | null;
  values: readonly string[];
}

function filtersOf(changes: readonly Change[]): Filter[] {
  const values = new Map<string | null, string[]>();
  for (const { series } of changes) {
    const { column, value }: Member | { column: null; value: string } = series.filters[0] ?? {
      column: null,
      value: '',
    };
    values.set(column, [...(values.get(column) ?? []), value]);
  }
  return [...values].map(([column, of]) => ({ column, values: of }));
}

interface PartsRequest {
  changes: readonly Change[];
  measures: readonly Measure[];
  breakdowns: readonly string[];
  filters: readonly Filter[];
}

/**
 * Columns `place`, which counts the filters of each breakdown, the `value` of the filter, the member, and how many it is
 * made of; then of each measure sum and count before, sum and count after.
 */
function partsSql(table: string, { changes, measures, breakdowns, filters }: PartsRequest): string {
  const members = [...breakdowns.map(memberSql), ...filters.map(filteredSql)];
  const filterNames = filters.map((_, index) => memberOf(breakdowns.length + index));
  const sets = breakdowns.flatMap((_, index) => filterNames.map((filter) => [memberOf(index), filter]));
  const cases = sets.map(([member = '', filter = ''], place) => {
    return `WHEN grouping(${member}) = 0 AND grouping(${filter}) = 0 THEN ${String(place)}`;
  });
  const numbers = measures.flatMap((_, index) =>
    ['NOT is_current', 'is_current'].flatMap((condition) => [
      `coalesce(sum(${amountOf(index)}) FILTER (WHERE ${condition}), 0)`,
      `count(${amountOf(index)}) FILTER (WHERE ${condition})`,
    ]),
  );
  const named = numbers.map((number, index) => `${number} AS number_${String(index)}`).join(', ');
  const totals = numbers.map((_, index) => `sum(number_${String(index)})`).join(', ');
  return (
    `WITH source AS (SELECT ${currentSql(changes)} AS is_current, ${namedSql(members, measures)} ` +
    `FROM ${quoteName(table)} WHERE ${eitherSql(changes)}), ` +
    `parts AS (SELECT CASE ${cases.join(' ')} END AS place, coalesce(${filterNames.join(', ')}) AS value, ` +
    `coalesce(${breakdowns.map((_, index) => memberOf(index)).join(', ')}) AS part, count(*) AS size, ${named} ` +
    `FROM source GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})), ` +
    `named AS (SELECT *, ${shownNameSql({ name: 'part', size: 'size', within: ['place', 'value'] })} AS shown ` +
    `FROM parts WHERE value IS NOT NULL) ` +
    `SELECT place, value, shown, count(part), ${totals} FROM named GROUP BY place, value, shown ORDER BY place, value, shown`
  );
}

/** Only the members that are asked for; every row where there is no filter. */
function filteredSql({ column, values }: Filter): string {
  if (column === null) return quoteText('');
  const member = memberSql(column);
  return `CASE WHEN ${member} IN (${[...new Set(values)].map(quoteText).join(', ')}) THEN ${member} END`;
}

function periodsOf([change]: readonly Change[]): { axis: Change['series']['axis']; previous: string; current: string } {
  if (change === undefined) throw new Error('no change to compare');
  const { axis, periods } = change.series;
  return { axis, previous: periods[change.previous] ?? '', current: periods[change.current] ?? '' };
}

function currentSql(changes: readonly Change[]): string {
  const { axis, current } = periodsOf(changes);
  return `${quoteName(axis.column)} >= ${dateSql(current)}`;
}

function eitherSql(changes: readonly Change[]): string {
  const { axis, previous, current } = periodsOf(changes);
  return [previous, current].map((period) => `(${withinSql({ ...axis, periods: [period] })})`).join(' OR ');
}

function readParts(
  { rows }: QueryResult,
  { place: wanted, value, measure }: { place: number; value: string | null; measure: number },
): ComparedPart[] {
  return rows.flatMap(([place, of, member = null, members, ...numbers]) => {
    if (Number(place) !== wanted || String(of) !== (value ?? '')) return [];
    const [before = null, countBefore = null, after = null, countAfter = null] = numbers.slice(4 * measure);
    return [
      {
        member: member === null ? null : String(member),
        members: Number(members),
        sums: { previous: before, current: after },
        counts: { previous: countBefore, current: countAfter },
      },
    ];
  });
}
