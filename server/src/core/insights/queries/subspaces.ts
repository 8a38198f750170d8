import type { ColumnProfile, InsightSubject, TableProfile } from '../../../models/insight.ts';
import { quoteName, quoteText } from '../../../models/sql.ts';

/** A value of a dimension that narrows what is looked at. */
export interface Member {
  column: string;
  value: string;
}

const mostSubspaces = 200;
const mostDimensions = 6;
const mostMembers = 20;

/** Groups with fewer rows are never shown: they would say something about somebody. */
export const fewestRows = 5;
/**
 * Whether a group of `size` rows has its name shown, in SQL, among those with the same `within`: none of few rows has, and
 * neither has the smallest other where those without a name would be few: they would be told by the difference to the whole.
 */
export function isNamedSql({
  name,
  size,
  within = [],
}: {
  name: string;
  size: string;
  within?: readonly string[];
}): string {
  const partition = within.length === 0 ? '' : `PARTITION BY ${within.join(', ')} `;
  const smaller =
    `sum(${size}) OVER (${partition}ORDER BY ${name} IS NULL DESC, ${size}, ${name} ` +
    'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)';
  const fewest = String(fewestRows);
  return `${name} IS NOT NULL AND ${size} >= ${fewest} AND coalesce(${smaller}, 0) NOT BETWEEN 1 AND ${fewest} - 1`;
}

/** The name of a group where it is shown, in SQL; NULL where it is not. */
export const shownNameSql = (group: Parameters<typeof isNamedSql>[0]): string =>
  `CASE WHEN ${isNamedSql(group)} THEN ${group.name} END`;

/** What is broken down, or compared, has no more parts than a person reads. */
export const mostParts = 200;

/** Columns that may be named, and whose values may be shown. */
export function dimensionsOf({ columns }: TableProfile): ColumnProfile[] {
  return columns.filter(({ role, pii, distinct }) => role === 'dimension' && !pii && distinct > 1);
}

/** Columns whose values are looked at one by one, and how many values of each. */
export function narrowingOf(table: TableProfile, measures: number): { columns: ColumnProfile[]; members: number } {
  const columns = dimensionsOf(table)
    .toSorted((first, second) => first.distinct - second.distinct)
    .slice(0, mostDimensions);
  const room = Math.floor((mostSubspaces / measures - 1) / Math.max(1, columns.length));
  return { columns, members: Math.min(mostMembers, room) };
}

/** A member of a column as text, in SQL: whatever its type, it is compared as it is shown. */
export const memberSql = (column: string): string => `CAST(${quoteName(column)} AS VARCHAR)`;

/** Whether a row is in the subspace, in SQL. */
export function inSubspaceSql(filters: readonly Member[]): string {
  const conditions = filters.map(({ column, value }) => `${memberSql(column)} = ${quoteText(value)}`);
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** Whether no row can be in both. */
export function areDisjoint(first: InsightSubject['filters'], second: InsightSubject['filters']): boolean {
  return first.some(({ column, value }) => second.some((other) => other.column === column && other.value !== value));
}
