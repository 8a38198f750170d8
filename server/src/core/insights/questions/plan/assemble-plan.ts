import type { ColumnProfile, Grain } from '../../../../models/insight.ts';
import { wordsOfName } from '../../profile/column-words.ts';
import { addPeriods } from '../../profile/periods.ts';
import { averagedSpan } from './averaged-span.ts';
import { grainNamed } from '../match/breakdowns.ts';
import { changeShape } from './change-shapes.ts';
import { measuredOf } from './measured.ts';
import type { Breakdown, Measured, PlanParts } from './plan-parts.ts';
import type { Filter, Period, Shape, Unclear, Understanding } from './plan.ts';
import { keysOf, shareKey } from '../words/word-keys.ts';

type Members = Extract<Filter, { kind: 'members' }>;

const unclear = (kind: 'combination' | 'no_time'): { unclear: Unclear } => ({ unclear: { kind } });

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
  if ('unclear' in shaped) return shaped;
  if (intents.isJudged && !isMoreBetter(measured.measure)) {
    return measured.measure === null
      ? unclear('combination')
      : { unclear: { kind: 'judgement', column: measured.measure } };
  }
  return { plan: { table, ...measured, filters: parts.filters, period: null, ...shaped } };
}

/** What is asked for per column or period, and the columns that are left for other parts. */
function breakdownOf({ intents, groups, columnAt, table, measures }: PlanParts): {
  breakdown: Breakdown;
  groups: readonly ColumnProfile[];
} {
  const asked = intents.group ?? intents.target;
  if (intents.averagedOver !== null && asked === null && measures[0]?.aggregation === 'avg') {
    return { breakdown: { grain: intents.averagedOver }, groups };
  }
  if (asked !== null && 'grain' in asked) return { breakdown: asked, groups };
  if (asked !== null) {
    const column = columnAt(asked.column);
    if (column === null || isEachRow(column, { intents, table })) return { breakdown: null, groups };
    return { breakdown: column.role === 'time' ? { grain: grainOfName(column) } : { column }, groups };
  }
  if (intents.isCourse && table.time !== null) return { breakdown: { grain: table.time.grain }, groups };
  const [first, ...others] = groups;
  const isRanked = intents.superlative !== null || intents.isRanking;
  return isRanked && first !== undefined
    ? { breakdown: { column: first }, groups: others }
    : { breakdown: null, groups };
}

/** By a column that is called `mes` is by month; by any other of days, by day. */
function grainOfName({ name }: ColumnProfile): Grain {
  return wordsOfName(name).flatMap((word) => grainNamed(word) ?? [])[0] ?? 'day';
}

/** An average or a median "per order", where each row has an order of its own, is that of the rows. */
function isEachRow(
  { distinct, role, pii }: ColumnProfile,
  { intents, table }: Pick<PlanParts, 'intents' | 'table'>,
): boolean {
  const isTypical = intents.combination === 'avg' || intents.combination === 'median';
  return role === 'id' && !pii && distinct === table.rows && isTypical && intents.group !== null;
}

function needsTime({ intents, periods }: PlanParts, breakdown: Breakdown): boolean {
  const isOfPeriods = intents.isGrowth || intents.isCourse || intents.averagedOver !== null;
  return isOfPeriods || periods.length > 0 || (breakdown !== null && 'grain' in breakdown);
}

interface Shaped {
  shape: Shape;
  period?: Period | null;
  filters?: readonly Filter[];
}

function shapeOf(
  parts: PlanParts,
  { breakdown, measured }: { breakdown: Breakdown; measured: Measured },
): Shaped | { unclear: Unclear } | null {
  const { intents, periods, filters } = parts;
  if (intents.group !== null && intents.target !== null) return null;
  if (intents.isGrowth && breakdown !== null && 'grain' in breakdown) return growthShape(parts, breakdown.grain);
  if (intents.isGrowth || periods.length === 2) return measured.per === null ? comparedShape(parts, breakdown) : null;
  if (periods.length > 2) return null;
  const asked = periods[0] ?? null;
  const spanned =
    measured.per === null ? { days: asked } : averagedSpan(asked, { table: parts.table, grain: measured.per });
  if (spanned === null) return null;
  const period = spanned.days;
  const several = filters.filter((filter): filter is Members => isSeveral(filter));
  if (intents.isShare) return shareShape(parts, { breakdown, measured, period });
  const isPlain = isInAll(parts, breakdown);
  if (several.length > 0) return isPlain ? severalShape(parts, { several, period }) : null;
  if (breakdown === null) {
    if (!isPlain || intents.isComparison) return null;
    return { shape: { kind: 'single' }, period };
  }
  return breakdownShape(parts, { breakdown, period });
}

function isInAll({ intents }: PlanParts, breakdown: Breakdown): boolean {
  return breakdown === null && intents.limit === null && !intents.isRanking && !intents.isCourse;
}

/** What changed: in all, of each group, or of the groups that are named. */
function comparedShape(parts: PlanParts, breakdown: Breakdown): Shaped | { unclear: Unclear } | null {
  const { intents, periods, table, filters } = parts;
  if (periods.length > 2 || table.time === null || intents.isShare || intents.isCourse) return null;
  const [several, another] = filters.filter(isSeveral);
  if (another !== undefined || (several !== undefined && breakdown !== null)) return null;
  if (breakdown !== null && 'grain' in breakdown) return null;
  if (breakdown === null && !isInAll(parts, breakdown)) return null;
  const by = breakdown?.column ?? several?.column ?? null;
  const shape = changeShape({ intents, time: table.time, filters, periods, by });
  return shape === null || 'unclear' in shape ? shape : { shape };
}

/** "Growth by month": that of each complete period, from the one before it. */
function growthShape({ intents, periods, filters, table }: PlanParts, grain: Grain): Shaped | null {
  const {
    group,
    averagedOver,
    superlative,
    limit,
    isRanking,
    isShare,
    isCourse,
    isComparison,
    isYearAgo,
    previousGrain,
  } = intents;
  const isOther =
    superlative !== null || limit !== null || isRanking || isShare || isCourse || isComparison || isYearAgo;
  if ((group === null && averagedOver !== grain) || isOther || (previousGrain !== null && previousGrain !== grain))
    return null;
  // "With more than": in a row, or in a month? And of several members: of each, or of all together?
  if (periods.length > 1 || filters.some((filter) => filter.kind === 'number' || isSeveral(filter))) return null;
  const days = averagedSpan(periods[0] ?? null, { table, grain })?.days;
  const known = averagedSpan(null, { table, grain })?.days;
  if (days == null || known == null) return null;
  const second = addPeriods(known.first, grain, 1);
  const first = days.first < second ? second : days.first;
  return first > days.last
    ? null
    : { shape: { kind: 'growth', grain }, period: { first, last: days.last, grain: null } };
}

function shareShape(
  { intents, filters }: PlanParts,
  { breakdown, measured, period }: { breakdown: Breakdown; measured: Measured; period: Period | null },
): Shaped | null {
  const isAdditive = ['sum', 'count', 'last'].includes(measured.combination) && measured.per === null;
  if (!isAdditive || filters.some(isSeveral)) return null;
  if (breakdown !== null) {
    // "The share of coffee by region": of the region, or of all coffee? The words do not tell.
    if (!('column' in breakdown) || filters.some(({ kind }) => kind === 'members')) return null;
    const shaped = breakdownShape({ intents, filters }, { breakdown, period });
    return shaped?.shape.kind === 'groups' ? { ...shaped, shape: { ...shaped.shape, kind: 'shares' } } : null;
  }
  const [filter, ...others] = filters;
  if (filter?.kind !== 'members' || filter.isExcluded || others.length > 0) return null;
  return intents.superlative === null ? { shape: { kind: 'share', filter }, filters: [], period } : null;
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
  { intents, filters }: Pick<PlanParts, 'intents' | 'filters'>,
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
