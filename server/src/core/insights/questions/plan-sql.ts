import { dateSql, periodSql } from '../axis.ts';
import { measureOf } from '../measures.ts';
import { addDays } from '../profile/periods.ts';
import { quoteName, quoteText } from '../sql.ts';
import type { Comparison, Filter, Period, Plan, Shape } from './plan.ts';

/** Groups with fewer rows say too much about single persons, where a table is about persons. */
export const leastRowsOfPersons = 5;
export const mostListed = 12;

/**
 * The one query that a plan is. Columns by shape: single `value, rows`; groups and series `member, value, rows, groups`;
 * shares the same and `total`; share `part, whole, rows`; members and periods `first, second, first_rows, second_rows`.
 */
export function planSql(plan: Plan): string {
  const { shape } = plan;
  switch (shape.kind) {
    case 'single':
      return `SELECT ${valueSql(plan)} AS value, count(*) AS rows FROM ${sourceSql(plan, '')}${whereSql(plan)}`;
    case 'groups':
      return groupsSql(plan, { member: `CAST(${quoteName(shape.by.name)} AS VARCHAR)`, ...shape });
    case 'shares':
      return groupsSql(plan, { member: `CAST(${quoteName(shape.by.name)} AS VARCHAR)`, order: 'highest', limit: null });
    case 'series':
      return groupsSql(plan, { member: `CAST(${periodOfRow(plan, shape)} AS VARCHAR)`, ...shape });
    case 'share': {
      const part = filterSql(shape.filter);
      const columns = `${valueSql(plan, part)} AS part, ${valueSql(plan)} AS whole, ${rowsSql(part)} AS rows`;
      return `SELECT ${columns} FROM ${sourceSql(plan, '')}${whereSql(plan)}`;
    }
    case 'members':
      return twoSql(plan, [memberSql(shape, shape.first), memberSql(shape, shape.second)]);
    case 'periods':
      return twoSql(plan, [withinSql(plan, shape.current), withinSql(plan, shape.previous)]);
    default:
      return shape satisfies never;
  }
}

/** Whether the table has columns about persons. */
export function isOfPersons({ table }: Pick<Plan, 'table'>): boolean {
  return table.columns.some(({ pii }) => pii);
}

interface Grouping {
  member: string;
  order: 'highest' | 'lowest' | 'time';
  limit: number | null;
}

/** Equal values have the same place, so that none of them is left out by chance. */
function groupsSql(plan: Plan, { member, order, limit }: Grouping): string {
  const partition = plan.shape.kind === 'series' ? `PARTITION BY ${periodOfRow(plan, plan.shape)}` : '';
  const grouped =
    `SELECT ${member} AS member, ${valueSql(plan)} AS value, count(*) AS rows ` +
    `FROM ${sourceSql(plan, partition)}${whereSql(plan)} GROUP BY 1`;
  const direction = order === 'time' ? 'member DESC' : `value ${order === 'highest' ? 'DESC' : 'ASC'}`;
  const total = plan.shape.kind === 'shares' ? ', sum(value) OVER () AS total' : '';
  const placed = `SELECT member, value, rows, count(*) OVER () AS groups${total}, rank() OVER (ORDER BY ${direction}) AS place FROM (${grouped}) WHERE value IS NOT NULL`;
  const conditions = [
    ...(limit === null ? [] : [`place <= ${String(limit)}`]),
    ...(isOfPersons(plan) ? [`rows >= ${String(leastRowsOfPersons)}`] : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const columns = `member, value, rows, groups${total === '' ? '' : ', total'}`;
  return `SELECT ${columns} FROM (${placed})${where} ORDER BY place, member LIMIT ${String(mostListed)}`;
}

function twoSql(plan: Plan, [first, second]: readonly [string, string]): string {
  const partition = `PARTITION BY ${first}`;
  return (
    `SELECT ${valueSql(plan, first)} AS first, ${valueSql(plan, second)} AS second, ` +
    `${rowsSql(first)} AS first_rows, ${rowsSql(second)} AS second_rows ` +
    `FROM ${sourceSql(plan, plan.shape.kind === 'periods' ? partition : '')}` +
    whereSql(plan, [`(${first} OR ${second})`])
  );
}

function rowsSql(condition: string): string {
  return `count(*) FILTER (WHERE ${condition})`;
}

/** Of the rows for which the condition holds; decimals, so that the order of rows does not matter. */
function valueSql({ measure, combination }: Plan, condition?: string): string {
  const amount = measure === null ? '*' : measureOf(measure).amount;
  const of = condition === undefined ? '' : ` FILTER (WHERE ${condition})`;
  switch (combination) {
    case 'sum':
    case 'last':
      return `sum(${amount})${of}`;
    case 'avg':
      return `CAST(sum(${amount})${of} / nullif(count(${amount})${of}, 0) AS DECIMAL(38, 6))`;
    case 'median':
      return `CAST(median(${amount})${of} AS DECIMAL(38, 6))`;
    case 'max':
    case 'min':
      return `${combination}(${amount})${of}`;
    case 'count':
      return `count(${amount})${of}`;
    case 'distinct':
      return `count(DISTINCT ${quoteName(measure?.name ?? '')})${of}`;
    default:
      return combination satisfies never;
  }
}

/** Of a stock only the last day counts: of the period, or of each part that it is looked at in. */
function sourceSql(plan: Plan, partition: string): string {
  const { table, combination } = plan;
  if (combination !== 'last' || table.time === null) return quoteName(table.name);
  const day = `CAST(${quoteName(table.time.column)} AS DATE)`;
  const { shape } = plan;
  const within =
    shape.kind === 'periods'
      ? [`(${withinSql(plan, shape.current)} OR ${withinSql(plan, shape.previous)})`]
      : periodConditions(plan);
  const where = within.length === 0 ? '' : ` WHERE ${within.join(' AND ')}`;
  return `(SELECT * FROM ${quoteName(table.name)}${where} QUALIFY ${day} = max(${day}) OVER (${partition}))`;
}

function whereSql(plan: Plan, more: readonly string[] = []): string {
  const conditions = [...plan.filters.map(filterSql), ...periodConditions(plan), ...more];
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

function periodConditions(plan: Plan): string[] {
  return plan.period === null ? [] : [withinSql(plan, plan.period)];
}

function withinSql({ table }: Plan, { first, last }: Period): string {
  const column = quoteName(table.time?.column ?? '');
  return `(${column} >= ${dateSql(first)} AND ${column} < ${dateSql(addDays(last, 1))})`;
}

function periodOfRow({ table }: Plan, { grain }: Extract<Shape, { kind: 'series' }>): string {
  return periodSql({ column: table.time?.column ?? '', grain });
}

function memberSql({ column }: Extract<Shape, { kind: 'members' }>, value: string): string {
  return `CAST(${quoteName(column.name)} AS VARCHAR) = ${quoteText(value)}`;
}

const operators = { above: '>', below: '<', at_least: '>=', at_most: '<=', equal: '=' } as const satisfies Record<
  Exclude<Comparison, 'between'>,
  string
>;

function filterSql(filter: Filter): string {
  const column = quoteName(filter.column.name);
  if (filter.kind === 'members') {
    const values = filter.values.map(quoteText).join(', ');
    const isOne = `CAST(${column} AS VARCHAR) IN (${values})`;
    return filter.isExcluded ? `(NOT (${isOne}) OR ${column} IS NULL)` : isOne;
  }
  const [first = '0', second = '0'] = filter.numbers;
  if (filter.comparison === 'between') return `${column} BETWEEN ${first} AND ${second}`;
  return `${column} ${operators[filter.comparison]} ${first}`;
}
