import type { TableProfile } from '../../../models/insight.ts';
import type { Measure } from '../queries/measures.ts';
import { sampleOf } from '../queries/sample.ts';
import { fewestRows } from '../queries/subspaces.ts';
import { quoteName } from '../../../models/sql.ts';

/** Rows that a group has on average when two measures have nothing to do with each other. */
const rowsPerGroup = 20;
const fewestBands = 3;
const mostBands = 10;

/**
 * What two measures have to do with each other, as anyone can query it again. The first row has exact sums over doubled
 * ranks: `pairs`, `x`, `y`, `z` (time), `xx`, `xy` and so on. The others are groups of rows of about the same rank in both:
 * their number, and the mean of each measure (`mean_x` and `mean_y`, or `step_x` and `step_y` where steps are ranked).
 */
export function pairsSql(table: TableProfile, first: Measure, second: Measure): string {
  const sums = ['x', 'y', 'z', 'x * x', 'y * y', 'z * z', 'x * y', 'x * z', 'y * z'];
  const totals = sums.map((product) => `sum(${product}) AS ${product.replace(' * ', '')}`);
  const mean = isSeries(table) ? 'step' : 'mean';
  return (
    `WITH amounts AS (SELECT ${stepSql(table, first.amount)} AS a, ${stepSql(table, second.amount)} AS b, ` +
    `${timeSql(table)} AS t FROM ${sampleOf(quoteName(table.name), table)}), ` +
    `places AS MATERIALIZED (SELECT a, b, ${place('a')} AS x, ${place('b')} AS y, ${place('t')} AS z, ` +
    `count(*) OVER () AS n, ${bandsSql} AS bands FROM amounts WHERE a IS NOT NULL AND b IS NOT NULL AND t IS NOT NULL), ` +
    `groups AS (SELECT ${bandOf('x')} AS band_x, ${bandOf('y')} AS band_y, count(*) AS pairs, ` +
    `${meanSql('a')} AS ${mean}_x, ${meanSql('b')} AS ${mean}_y FROM places GROUP BY ALL) ` +
    `SELECT count(*) AS pairs, ${totals.join(', ')} FROM places UNION ALL BY NAME ` +
    `SELECT * FROM groups QUALIFY ${isShown} ORDER BY band_x NULLS FIRST, band_y`
  );
}

/**
 * Where rows are one series, steps from row to row are ranked: two series that both rise, or that both remember where they
 * were, go together by chance.
 */
export const stepSql = (table: TableProfile, amount: string): string =>
  isSeries(table) ? `${amount} - lag(${amount}) OVER (ORDER BY ${timeSql(table)})` : amount;

export const timeSql = ({ time }: TableProfile): string => (time === null ? '0' : quoteName(time.column));

export function isSeries({ time, rows, columns }: TableProfile): boolean {
  return time !== null && columns.some(({ name, distinct }) => name === time.column && distinct === rows);
}

const place = (name: string): string =>
  `CAST(2 * rank() OVER (ORDER BY ${name}) + count(*) OVER (PARTITION BY ${name}) - 1 AS HUGEINT)`;

const bandsSql = `CAST(greatest(${fewestBands}, least(${mostBands}, floor(sqrt(count(*) OVER () / ${rowsPerGroup})))) AS BIGINT)`;

/** From 0; equal values are in the same one. */
const bandOf = (rank: string): string => `CAST((${rank} - 1) * bands // (2 * n) AS BIGINT)`;

const meanSql = (amount: string): string => `CAST(sum(${amount}) / count(*) AS DECIMAL(38, 6))`;

/** Groups of few rows are not shown, nor the smallest others where the difference to the whole would show these few. */
const isShown =
  `pairs >= CASE WHEN coalesce(sum(pairs) FILTER (WHERE pairs < ${fewestRows}) OVER (), 0) BETWEEN 1 AND ${fewestRows - 1} ` +
  `THEN 1 + min(pairs) FILTER (WHERE pairs >= ${fewestRows}) OVER () ELSE ${fewestRows} END`;
