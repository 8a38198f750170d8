import type { ColumnProfile, Grain, TableProfile } from '../../../models/insight.ts';
import { wordsOfName } from '../profile/column-words.ts';
import { addPeriods, lastDayOf, yearBefore } from '../profile/periods.ts';
import type { Intents } from './intents.ts';
import type { Combination, Filter, Period, Shape, Unclear, Understanding } from './plan.ts';
import { keysOf, shareKey } from './word-keys.ts';

/** What a question names, and what it wants done with it. */
export interface PlanParts {
  table: TableProfile;
  intents: Intents;
  /** The column of a mark. */
  columnAt(index: number): ColumnProfile | null;
  measures: readonly ColumnProfile[];
  /** Columns that group rows or name things, and have no other part yet. */
  groups: readonly ColumnProfile[];
  /** The table itself is named. */
  isOfRows: boolean;
  filters: readonly Filter[];
  periods: readonly Period[];
}

type Breakdown = { column: ColumnProfile } | { grain: Grain } | null;
type Measured = { measure: ColumnProfile | null; combination: Combination };
type Members = Extract<Filter, { kind: 'members' }>;

const unclear = (kind: 'combination' | 'no_measure' | 'no_time'): { unclear: Unclear } => ({ unclear: { kind } });

/** Puts the parts together, when there is one way to do it that uses them all. */
export function assemblePlan(parts: PlanParts): Understanding {
  const { intents, table } = parts;
  const { breakdown, groups } = breakdownOf(parts);
  if (breakdown !== null && 'column' in breakdown && breakdown.column.pii) {
    return { unclear: { kind: 'personal', column: breakdown.column } };
  }
  const measured = measuredOf({ ...parts, groups }, breakdown);
  if ('unclear' in measured) return measured;
  if (needsTime(parts, breakdown) && table.time === null) return unclear('no_time');
  const shaped = shapeOf(parts, { breakdown, measured });
  if (shaped === null) return unclear('combination');
  if (intents.isJudged && !isMoreBetter(measured.measure)) {
    return measured.measure === null
      ? unclear('combination')
      : { unclear: { kind: 'judgement', column: measured.measure } };
  }
  return { plan: { table, ...measured, filters: parts.filters, period: null, ...shaped } };
}

/** What is asked for per column or period, and the columns that are left for other parts. */
function breakdownOf({ intents, groups, columnAt, table }: PlanParts): {
  breakdown: Breakdown;
  groups: readonly ColumnProfile[];
} {
  const asked = intents.group ?? intents.target;
  if (asked !== null && 'grain' in asked) return { breakdown: asked, groups };
  if (asked !== null) {
    const column = columnAt(asked.column);
    if (column === null || isEachRow(column, { intents, table })) return { breakdown: null, groups };
    return { breakdown: column.role === 'time' ? { grain: 'day' } : { column }, groups };
  }
  if (intents.isCourse && table.time !== null) return { breakdown: { grain: table.time.grain }, groups };
  const [first, ...others] = groups;
  const isRanked = intents.superlative !== null || intents.isRanking;
  return isRanked && first !== undefined
    ? { breakdown: { column: first }, groups: others }
    : { breakdown: null, groups };
}

/** An average or a median "per order", where each row has an order of its own, is that of the rows. */
function isEachRow(
  { distinct, role, pii }: ColumnProfile,
  { intents, table }: Pick<PlanParts, 'intents' | 'table'>,
): boolean {
  const isTypical = intents.combination === 'avg' || intents.combination === 'median';
  return role === 'id' && !pii && distinct === table.rows && isTypical && intents.group !== null;
}

function measuredOf(parts: PlanParts, breakdown: Breakdown): Measured | { unclear: Unclear } {
  const { intents, measures, groups } = parts;
  const [measure] = measures;
  if (measures.length > 1) return unclear('combination');
  if (measure !== undefined) {
    if (groups.length > 0 || intents.isDistinct) return unclear('combination');
    return combined(measure, { intents, breakdown });
  }
  if (intents.combination !== null) return unclear(groups.length > 0 ? 'combination' : 'no_measure');
  const [counted] = groups;
  const isCounted = intents.isCount || intents.isDistinct;
  if (counted !== undefined) {
    const isOne = isCounted && groups.length === 1 && isCountable(counted, parts);
    return isOne ? { measure: counted, combination: 'distinct' } : unclear('combination');
  }
  return areRowsMeant(parts, breakdown) ? { measure: null, combination: 'count' } : unclear('no_measure');
}

/** "Stores with more than 1,000": in all, or in one row? Only what each row has one of can be counted so. */
function isCountable({ distinct }: ColumnProfile, { filters, table }: PlanParts): boolean {
  return distinct === table.rows || !filters.some(({ kind }) => kind === 'number');
}

/** "Quantos pedidos", "which team has most tickets"; but "mais vendas" may be of money as well. */
function areRowsMeant({ intents, isOfRows, filters, table }: PlanParts, breakdown: Breakdown): boolean {
  if (intents.isDistinct) return false;
  if (intents.isCount && filters.some(({ kind }) => kind === 'number')) return true;
  if (!isOfRows) return false;
  if (intents.isCount || intents.isShare) return true;
  const isOfMoney = wordsOfName(table.name).some((word) => shareKey(keysOf(word), ofMoney));
  return breakdown !== null && !intents.isTotal && !intents.isOfValue && !isOfMoney;
}

const ofMoney = 'venda pagamento despesa compra purchase expense gasto receita'.split(' ').flatMap(keysOf);

/** How the values of the measure are put together; its own way unless the question says another. */
function combined(
  measure: ColumnProfile,
  { intents, breakdown }: { intents: Intents; breakdown: Breakdown },
): Measured | { unclear: Unclear } {
  const own = measure.aggregation ?? 'count';
  const { combination, superlative, isOfValue, isTotal, isCount } = intents;
  if (isCount && own !== 'sum') return unclear('combination');
  if (intents.isPerRow && combination !== 'avg' && combination !== 'median') return unclear('combination');
  if (combination === null && isTotal && own === 'avg') return { unclear: { kind: 'not_added', column: measure } };
  // The average of days, or that of the sums of days? The words do not tell.
  if (combination === 'avg' && own !== 'avg' && breakdown !== null && 'grain' in breakdown)
    return unclear('combination');
  if (combination === 'sum' && own === 'last') return { measure, combination: 'last' };
  if (combination !== null || superlative === null || breakdown !== null) {
    return { measure, combination: combination ?? own };
  }
  if (!isOfValue || isTotal) return unclear('combination');
  return { measure, combination: superlative === 'highest' ? 'max' : 'min' };
}

function needsTime({ intents, periods }: PlanParts, breakdown: Breakdown): boolean {
  return intents.isGrowth || intents.isCourse || periods.length > 0 || (breakdown !== null && 'grain' in breakdown);
}

interface Shaped {
  shape: Shape;
  period?: Period | null;
  filters?: readonly Filter[];
}

function shapeOf(
  parts: PlanParts,
  { breakdown, measured }: { breakdown: Breakdown; measured: Measured },
): Shaped | null {
  const { intents, periods, filters } = parts;
  if (intents.group !== null && intents.target !== null) return null;
  const isPlain = breakdown === null && intents.limit === null && !intents.isRanking && !intents.isCourse;
  if (intents.isGrowth || periods.length === 2) return isPlain && !intents.isShare ? changeShape(parts) : null;
  if (periods.length > 2) return null;
  const period = periods[0] ?? null;
  const several = filters.filter((filter): filter is Members => isSeveral(filter));
  if (intents.isShare) return shareShape(parts, { breakdown, measured, period });
  if (several.length > 0) return isPlain ? severalShape(parts, { several, period }) : null;
  if (breakdown === null) {
    if (!isPlain || intents.isComparison) return null;
    return { shape: { kind: 'single' }, period };
  }
  return breakdownShape(parts, { breakdown, period });
}

/** Two periods that are compared; the later one is the current. */
function changeShape({ intents, periods, table, filters }: PlanParts): Shaped | null {
  if (filters.some(isSeveral) || intents.superlative !== null || table.time === null) return null;
  const { time } = table;
  const [first, second] = periods.toSorted((one, other) => one.first.localeCompare(other.first));
  if (periods.length > 2) return null;
  if (first !== undefined && second !== undefined) {
    return { shape: { kind: 'periods', current: second, previous: first }, filters };
  }
  const current = first ?? (time.current === null ? null : wholePeriod(time.current, time.grain));
  if (current === null || current.grain === null) return null;
  const start = intents.isYearAgo
    ? yearBefore(current.first, current.grain)
    : addPeriods(current.first, current.grain, -1);
  return { shape: { kind: 'periods', current, previous: wholePeriod(start, current.grain) } };
}

function shareShape(
  { intents, filters, periods }: PlanParts,
  { breakdown, measured, period }: { breakdown: Breakdown; measured: Measured; period: Period | null },
): Shaped | null {
  const isAdditive = ['sum', 'count', 'last'].includes(measured.combination);
  if (!isAdditive || periods.length > 1 || intents.superlative !== null || filters.some(isSeveral)) return null;
  if (breakdown !== null) {
    // "The share of coffee by region": of the region, or of all coffee? The words do not tell.
    if (!('column' in breakdown) || filters.some(({ kind }) => kind === 'members')) return null;
    return { shape: { kind: 'shares', by: breakdown.column }, period };
  }
  const [filter, ...others] = filters;
  if (filter?.kind !== 'members' || filter.isExcluded || others.length > 0) return null;
  return { shape: { kind: 'share', filter }, filters: [], period };
}

/** Several values of one column are told one by one, and two that are compared with their difference. */
function severalShape(
  { intents, filters }: PlanParts,
  { several, period }: { several: readonly Members[]; period: Period | null },
): Shaped | null {
  const [members, ...others] = several;
  if (members === undefined || others.length > 0 || intents.superlative !== null) return null;
  const [first, second, third] = members.values;
  if (intents.isComparison && first !== undefined && second !== undefined && third === undefined) {
    const rest = filters.filter((filter) => filter !== members);
    return { shape: { kind: 'members', column: members.column, first, second }, filters: rest, period };
  }
  return { shape: { kind: 'groups', by: members.column, order: 'highest', limit: null }, period };
}

function breakdownShape(
  { intents, filters }: PlanParts,
  { breakdown, period }: { breakdown: NonNullable<Breakdown>; period: Period | null },
): Shaped | null {
  // "With more than": of the group, or of the row? The words do not tell.
  if (filters.some(({ kind }) => kind === 'number')) return null;
  const isRanked = intents.superlative !== null;
  if (isRanked && intents.group !== null && intents.limit === null) return null;
  const limit = intents.limit ?? (isRanked ? 1 : null);
  const order = intents.superlative ?? 'highest';
  if ('column' in breakdown) return { shape: { kind: 'groups', by: breakdown.column, order, limit }, period };
  if (intents.isComparison) return null;
  return { shape: { kind: 'series', grain: breakdown.grain, order: isRanked ? order : 'time', limit }, period };
}

function isSeveral(filter: Filter): boolean {
  return filter.kind === 'members' && !filter.isExcluded && filter.values.length > 1;
}

const welcome = 'receita venda lucro nota avaliacao margem conversao satisfacao nps'.split(' ').flatMap(keysOf);

function isMoreBetter(measure: ColumnProfile | null): boolean {
  if (measure === null || measure.favorable === 'down') return false;
  return measure.favorable === 'up' || wordsOfName(measure.name).some((word) => shareKey(keysOf(word), welcome));
}

function wholePeriod(first: string, grain: Grain): Period {
  return { first, last: lastDayOf(first, grain), grain };
}
