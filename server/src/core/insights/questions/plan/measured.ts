import type { ColumnProfile, TableProfile } from '../../../../models/insight.ts';
import { wordsOfName } from '../../profile/column-words.ts';
import type { Intents } from './intents.ts';
import type { Breakdown, Measured, PlanParts } from './plan-parts.ts';
import type { Unclear } from './plan.ts';
import { keysOf, shareKey } from '../words/word-keys.ts';

/** What the question measures: a column, as it names it or as there is one only, or how many there are. */
export function measuredOf(parts: PlanParts, breakdown: Breakdown): Measured | { unclear: Unclear } {
  const { intents, measures, groups } = parts;
  const [measure = unsaidMeasure(parts)] = measures;
  if (measures.length > 1) return lacking('combination');
  if (measure !== null) {
    if (groups.length > 0 || intents.isDistinct) return lacking('combination');
    return combined(measure, { intents, breakdown });
  }
  const per = intents.averagedOver;
  if (per === null && intents.combination !== null) return lacking(groups.length > 0 ? 'combination' : 'no_measure');
  const [counted] = groups;
  const isCounted = intents.isCount || intents.isDistinct;
  if (counted !== undefined) {
    if (!isCounted || groups.length > 1 || !isCountable(counted, parts)) return lacking('combination');
    // How many there are per month is known of rows alone: the same customer buys in several months.
    if (per === null) return { measure: counted, combination: 'distinct', per };
    return counted.distinct === parts.table.rows ? { ...rows, per } : lacking('combination');
  }
  return areRowsMeant(parts, breakdown) ? { ...rows, per } : lacking('no_measure');
}

const rows = { measure: null, combination: 'count' } as const;

/** What "which region grew most", "the share of the South" and "sales of March against February" are of, where only one thing adds up. */
function unsaidMeasure({ intents, isOfRows, groups, table, periods }: PlanParts): ColumnProfile | null {
  const { averagedOver, combination } = intents;
  const isCompared = intents.isGrowth || intents.isShare || (intents.isComparison && periods.length === 2);
  const isOther = intents.isCount || intents.isDistinct || groups.length > 0;
  if (averagedOver === null && (!isCompared || combination !== null)) return null;
  if (isOther || (isOfRows && !isOfMoney(table))) return null;
  const [only, another] = table.columns.filter(
    ({ role, aggregation, pii }) => role === 'measure' && aggregation === 'sum' && !pii,
  );
  return another === undefined ? (only ?? null) : null;
}

/** "Stores with more than 1,000": in all, or in one row? Only what each row has one of can be counted so. */
function isCountable({ distinct }: ColumnProfile, { filters, table }: PlanParts): boolean {
  return distinct === table.rows || !filters.some(({ kind }) => kind === 'number');
}

/** "Quantos pedidos", "which team has most tickets"; but "mais vendas" may be of money as well. */
function areRowsMeant({ intents, isOfRows, filters, table, periods }: PlanParts, breakdown: Breakdown): boolean {
  if (intents.isDistinct) return false;
  if (intents.isCount && filters.some(({ kind }) => kind === 'number')) return true;
  if (!isOfRows) return false;
  if (intents.isCount || intents.isShare) return true;
  const isOfGroups = breakdown !== null || intents.isGrowth || periods.length === 2 || intents.averagedOver !== null;
  return isOfGroups && !intents.isTotal && !intents.isOfValue && !isOfMoney(table);
}

function isOfMoney({ name }: TableProfile): boolean {
  return wordsOfName(name).some((word) => shareKey(keysOf(word), ofMoney));
}

const ofMoney = 'venda pagamento despesa compra purchase expense gasto receita'.split(' ').flatMap(keysOf);

/** How the values of the measure are put together; its own way unless the question says another. */
function combined(
  measure: ColumnProfile,
  { intents, breakdown }: { intents: Intents; breakdown: Breakdown },
): Measured | { unclear: Unclear } {
  const own = measure.aggregation ?? 'count';
  const { combination, superlative, isOfValue, isTotal, isCount, averagedOver } = intents;
  const isInTime = breakdown !== null && 'grain' in breakdown;
  if (averagedOver !== null && !isInTime) {
    // Of a stock, or of what is an average already, "per month" can be meant in more ways than one.
    return own === 'sum' && !isCount ? { measure, combination: 'sum', per: averagedOver } : lacking('combination');
  }
  if (isCount && own !== 'sum') return lacking('combination');
  if (intents.isPerRow && combination !== 'avg' && combination !== 'median') return lacking('combination');
  if (combination === null && isTotal && own === 'avg') return { unclear: { kind: 'not_added', column: measure } };
  // The average of days, or that of the sums of days? The words do not tell.
  if (combination === 'avg' && own !== 'avg' && isInTime) return lacking('combination');
  if (combination === 'sum' && own === 'last') return { measure, combination: 'last', per: null };
  if (combination !== null || superlative === null || breakdown !== null) {
    return { measure, combination: combination ?? own, per: null };
  }
  if (!isOfValue || isTotal) return lacking('combination');
  return { measure, combination: superlative === 'highest' ? 'max' : 'min', per: null };
}

function lacking(kind: 'combination' | 'no_measure'): { unclear: Unclear } {
  return { unclear: { kind } };
}
