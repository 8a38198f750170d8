import type { Grain } from '../../../../models/insight.ts';
import { dateSql, periodSql } from '../../series/axis.ts';
import { measureOf } from '../../queries/measures.ts';
import { addDays, addPeriods } from '../../profile/periods.ts';
import { quoteName, quoteText } from '../../../../models/sql.ts';
import type { Comparison, Filter, Period, Plan, Shape } from './plan.ts';

/** Groups with fewer rows say too much about single persons, where a table is about persons. */
export const leastRowsOfPersons = 5;
export const mostListed = 12;

/**
 * The one query that a plan is. Columns by shape: single `value, rows`; groups and series `member, value, rows, groups`;
 * shares the same and `total`; share `part, whole, rows`; members and periods `first, second, first_rows, second_rows`;
 * changes and growth: see `changesSql` and `growthSql`. Where a plan is `per` a period, the last column is the number of `periods`.
 */
export function planSql(plan: Plan): string {
  const { shape } = plan;
  switch (shape.kind) {
    case 'single':
      return `SELECT ${valueSql(plan)} AS value, count(*) AS rows${periodsSql(plan)} FROM ${sourceSql(plan, '')}${whereSql(plan)}`;
    case 'groups':
    case 'shares':
      return groupsSql(plan, { member: `CAST(${quoteName(shape.by.name)} AS VARCHAR)`, ...shape });
    case 'series':
      return groupsSql(plan, {
        member: `CAST(${periodSql({ column: dayColumn(plan), grain: shape.grain })} AS VARCHAR)`,
        ...shape,
      });
    case 'changes':
      return changesSql(plan, shape);
    case 'growth':
      return growthSql(plan, shape.grain);
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
  const partition =
    plan.shape.kind === 'series'
      ? `PARTITION BY ${periodSql({ column: dayColumn(plan), grain: plan.shape.grain })}`
      : '';
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
  const columns = `member, value, rows, groups${total === '' ? '' : ', total'}${periodsSql(plan)}`;
  return `SELECT ${columns} FROM (${placed})${where} ORDER BY place, member LIMIT ${String(mostListed)}`;
}

/**
 * Columns `member, current, previous, groups, place, amount_place, all_current_rows, all_previous_rows`: the place by the
 * change in percent, which what was nothing does not have; and by the change itself, whose first is told beside.
 */
function changesSql(plan: Plan, { by, current, previous, order, limit }: Extract<Shape, { kind: 'changes' }>): string {
  const [now, before] = [withinSql(plan, current), withinSql(plan, previous)];
  // What a group that is not there has sold is nothing; its average is none.
  const valueWhere = (condition: string): string =>
    plan.combination === 'sum' ? `coalesce(${valueSql(plan, condition)}, 0)` : valueSql(plan, condition);
  const grouped =
    `SELECT CAST(${quoteName(by.name)} AS VARCHAR) AS member, ${valueWhere(now)} AS current, ` +
    `${valueWhere(before)} AS previous, ${rowsSql(now)} AS current_rows, ${rowsSql(before)} AS previous_rows ` +
    `FROM ${sourceSql(plan, `PARTITION BY ${now}`)}${whereSql(plan, [`(${now} OR ${before})`])} GROUP BY 1`;
  const direction = order === 'highest' ? 'DESC' : 'ASC';
  const percent = '(current - previous) / abs(nullif(previous, 0))';
  const placed =
    `SELECT *, count(*) OVER () AS groups, rank() OVER (ORDER BY ${percent} ${direction} NULLS LAST) AS place, ` +
    `rank() OVER (ORDER BY current - previous ${direction} NULLS LAST) AS amount_place, ` +
    'sum(current_rows) OVER () AS all_current_rows, sum(previous_rows) OVER () AS all_previous_rows ' +
    `FROM (${grouped})`;
  const conditions = [
    ...(limit === null ? [] : [`(place <= ${String(limit)} OR amount_place = 1)`]),
    ...(isOfPersons(plan) ? [`least(current_rows, previous_rows) >= ${String(leastRowsOfPersons)}`] : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const columns = 'member, current, previous, groups, place, amount_place, all_current_rows, all_previous_rows';
  return `SELECT ${columns} FROM (${placed})${where} ORDER BY place, member LIMIT ${String(mostListed)}`;
}

/**
 * Columns `member, current, previous, groups, all_rows`: of the newest periods, the newest first, what each has and the one
 * before it had. Where nothing was sold, a sum is nothing.
 */
function growthSql(plan: Plan, grain: Grain): string {
  const [first = '', last = ''] = [plan.period?.first, plan.period?.last];
  const before = addPeriods(first, grain, -1);
  const known: Plan = { ...plan, period: { first: before, last, grain: null } };
  const day = periodSql({ column: dayColumn(plan), grain });
  const cells =
    `SELECT ${day} AS period, ${valueSql(plan)} AS value, count(*) AS rows ` +
    `FROM ${sourceSql(known, `PARTITION BY ${day}`)}${whereSql(known)} GROUP BY 1`;
  const isAdded = plan.combination === 'sum' || plan.combination === 'count';
  const value = isAdded ? 'coalesce(cells.value, 0)' : 'cells.value';
  const placed =
    `SELECT CAST(grid.day AS DATE) AS day, ${value} AS current, lag(${value}) OVER (ORDER BY grid.day) AS previous, ` +
    `coalesce(rows, 0) AS rows, lag(coalesce(rows, 0)) OVER (ORDER BY grid.day) AS rows_before ` +
    `FROM generate_series(${dateSql(before)}, ${dateSql(last)}, INTERVAL '1' ${grain}) AS grid(day) ` +
    `LEFT JOIN (${cells}) AS cells ON cells.period = CAST(grid.day AS DATE)`;
  const persons = isOfPersons(plan) ? ` AND least(rows, rows_before) >= ${String(leastRowsOfPersons)}` : '';
  return (
    `SELECT CAST(day AS VARCHAR) AS member, current, previous, count(*) OVER () AS groups, sum(rows) OVER () AS all_rows ` +
    `FROM (${placed}) WHERE current IS NOT NULL AND previous IS NOT NULL${persons} ` +
    `ORDER BY member DESC LIMIT ${String(mostListed)}`
  );
}

/** The number of periods that an average is over, as one more column. */
function periodsSql(plan: Plan): string {
  return plan.per === null ? '' : `, ${periodCountSql(plan, plan.per)} AS periods`;
}

/** Those that the table has rows in, whatever the filters: where none fits, the amount of the period was nothing. */
function periodCountSql(plan: Plan, grain: Grain): string {
  const period = periodSql({ column: dayColumn(plan), grain });
  const where = periodConditions(plan)
    .map((condition) => ` WHERE ${condition}`)
    .join('');
  return `(SELECT count(DISTINCT ${period}) FROM ${quoteName(plan.table.name)}${where})`;
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

function valueSql(plan: Plan, condition?: string): string {
  const amount = amountSql(plan, condition);
  return plan.per === null ? amount : `CAST(${amount} / ${periodCountSql(plan, plan.per)} AS DECIMAL(38, 6))`;
}

/** Of the rows for which the condition holds; decimals, so that the order of rows does not matter. */
function amountSql({ measure, combination }: Plan, condition?: string): string {
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
    shape.kind === 'periods' || shape.kind === 'changes'
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

function withinSql(plan: Plan, { first, last }: Period): string {
  const column = quoteName(dayColumn(plan));
  return `(${column} >= ${dateSql(first)} AND ${column} < ${dateSql(addDays(last, 1))})`;
}

function dayColumn({ table }: Plan): string {
  return table.time?.column ?? '';
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
