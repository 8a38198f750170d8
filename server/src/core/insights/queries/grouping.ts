import type { Measure } from './measures.ts';

/**
 * SQL that groups the same rows by many columns in one pass. Inside such a query columns go by their place, for their own
 * names may be anything: `member_0` and so on of what is grouped by, `amount_0` and so on of what is measured.
 */
export const memberOf = (place: number): string => `member_${String(place)}`;
export const amountOf = (place: number): string => `amount_${String(place)}`;

/** Columns of a row under these names. */
export function namedSql(members: readonly string[], measures: readonly Pick<Measure, 'amount'>[]): string {
  const named = [
    ...members.map((member, place) => `${member} AS ${memberOf(place)}`),
    ...measures.map(({ amount }, place) => `${amount} AS ${amountOf(place)}`),
  ];
  return named.join(', ');
}

/** Of a group: `place` of the column that it is of, and `member`, the value of that; −1 and null for a group of no column. */
export function groupSql(columns: number): string {
  if (columns === 0) return 'CAST(-1 AS INTEGER) AS place, CAST(NULL AS VARCHAR) AS member';
  const places = Array.from({ length: columns }, (_, place) => place);
  const cases = places.map((place) => `WHEN grouping(${memberOf(place)}) = 0 THEN ${String(place)}`);
  return `CASE ${cases.join(' ')} ELSE -1 END AS place, coalesce(${places.map(memberOf).join(', ')}) AS member`;
}

/** What is grouped by: each column by itself together with `by`, and with `whole` also `by` alone. */
export function setsSql(columns: number, { by = [], whole }: { by?: readonly string[]; whole: boolean }): string {
  const sets = Array.from({ length: columns }, (_, place) => [...by, memberOf(place)]);
  const all = whole ? [[...by], ...sets] : sets;
  return `GROUPING SETS (${all.map((set) => `(${set.join(', ')})`).join(', ')})`;
}
