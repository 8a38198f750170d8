import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Grain, TimeAxis } from '../../../models/insight.ts';
import type { DataWarning, LoadedTable } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { quoteName, quoteText } from '../../../models/sql.ts';
import { chooseGrain, mostPeriods } from './choose-grain.ts';
import {
  dayPatternColumns,
  isCompleteAtEnd,
  isCompleteAtStart,
  readDayPattern,
  type DayPattern,
} from './day-pattern.ts';
import { addPeriods, daysBetween, lastDayOf, parsePeriod, periodsBetween, startOf, yearBefore } from './periods.ts';

/** What of time a request wants looked at; what is absent is chosen. */
export interface PeriodRequest {
  column?: string | undefined;
  grain?: Grain | undefined;
  /** `2025`, `2025-Q2`, `2025-06`, `2025-W23` or `2025-06-15`. */
  current?: string | undefined;
  compare?: 'previous' | 'year_ago' | undefined;
}

export interface AxisOptions {
  column: string;
  period: PeriodRequest;
  now: Date;
}

type Session = Pick<DataSession, 'query'>;
const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

/** The axis of a table by one of its columns; null: no row has a day in it. Rejects with `invalid_request` for a period that is none. */
export async function readTimeAxis(
  session: Session,
  table: LoadedTable,
  { column, period, now }: AxisOptions,
): Promise<{ axis: TimeAxis | null; warnings: DataWarning[] }> {
  const wanted = wantedPeriod(period);
  const today = now.toISOString().slice(0, 10);
  const { pattern, future, isAllFuture } = await readDays(session, table, { column, today });
  const warning = (code: DataWarning['code'], count: number): DataWarning => ({
    code,
    table: table.name,
    column,
    count,
  });
  const warnings = future > 0 ? [warning('future_date', future)] : [];
  if (pattern === null) return { axis: null, warnings };
  const grain = wanted.grain ?? chooseGrain(pattern);
  const rowsOf = await countRows(session, table, { column, grain, until: isAllFuture ? null : today });
  const first = startOf(pattern.first, grain);
  const last = startOf(pattern.last, grain);
  const isOver = isAllFuture || lastDayOf(last, grain) < today;
  const isLastComplete = isOver && isCompleteAtEnd(pattern, grain);
  const isFirstComplete = isCompleteAtStart(pattern, grain);
  const from = isFirstComplete ? first : addPeriods(first, grain, 1);
  const periods = periodsBetween(from, isLastComplete ? last : addPeriods(last, grain, -1), {
    grain,
    most: mostPeriods,
  });
  const incomplete = [isFirstComplete ? [] : [first], isLastComplete ? [] : [last]].flat();
  warnings.push(...[...new Set(incomplete)].map((start) => warning('partial_period', rowsOf.get(start) ?? 0)));
  const gaps = periods.filter((start) => !rowsOf.has(start)).length;
  if (gaps > 0) warnings.push(warning('gap', gaps));
  return {
    axis: {
      column,
      grain,
      periods,
      ...compared({ periods, grain, incomplete }, { current: wanted.start, compare: period.compare }),
      partial: isLastComplete ? null : partialOf(pattern, { grain, today }),
    },
    warnings,
  };
}

function wantedPeriod({ grain, current }: PeriodRequest): { grain: Grain | undefined; start: string | undefined } {
  if (current === undefined) return { grain, start: undefined };
  const parsed = parsePeriod(current);
  if (parsed === null) {
    throw new AppError('invalid_request', {
      detail: told`The period has none of the forms 2025, 2025-Q2, 2025-06, 2025-W23 and 2025-06-15.`,
    });
  }
  const chosen = grain ?? parsed.grain;
  if (grains.indexOf(chosen) < grains.indexOf(parsed.grain)) {
    throw new AppError('invalid_request', { detail: told`The period is longer than a ${chosen}; name one ${chosen}.` });
  }
  return { grain: chosen, start: startOf(parsed.start, chosen) };
}

/** Days that are still to come are left out, unless all of them are. */
async function readDays(
  session: Session,
  table: LoadedTable,
  { column, today }: { column: string; today: string },
): Promise<{ pattern: DayPattern | null; future: number; isAllFuture: boolean }> {
  const day = dayOf(column);
  const read = async (condition: string): Promise<readonly (string | number | boolean | null)[]> => {
    const { rows } = await session.query(
      `WITH counted AS (SELECT ${day} AS d FROM ${quoteName(table.name)} WHERE ${condition} GROUP BY 1), ` +
        `days AS (SELECT d, d - lag(d) OVER (ORDER BY d) AS step FROM counted) ` +
        `SELECT ${dayPatternColumns}, (SELECT count(*) FROM ${quoteName(table.name)} ` +
        `WHERE ${isFinite(column)} AND ${day} > ${dateOf(today)}) FROM days`,
    );
    return rows[0] ?? [];
  };
  const past = await read(`${isFinite(column)} AND ${day} <= ${dateOf(today)}`);
  const future = Number(past.at(-1) ?? 0);
  const pattern = readDayPattern(past.slice(0, -1));
  if (pattern !== null || future === 0) return { pattern, future, isAllFuture: false };
  return { pattern: readDayPattern((await read(isFinite(column))).slice(0, -1)), future, isAllFuture: true };
}

async function countRows(
  session: Session,
  table: LoadedTable,
  { column, grain, until }: { column: string; grain: Grain; until: string | null },
): Promise<ReadonlyMap<string, number>> {
  const limit = until === null ? '' : ` AND ${dayOf(column)} <= ${dateOf(until)}`;
  const { rows } = await session.query(
    `SELECT CAST(CAST(date_trunc('${grain}', ${dayOf(column)}) AS DATE) AS VARCHAR) AS p, count(*) ` +
      `FROM ${quoteName(table.name)} WHERE ${isFinite(column)}${limit} GROUP BY 1 ORDER BY 1 DESC LIMIT ${mostPeriods + 2}`,
  );
  return new Map(rows.map(([start = null, count = null]) => [String(start), Number(count)]));
}

/** The two periods that are compared. One that is asked for may be incomplete; one without rows is none. */
function compared(
  { periods, grain, incomplete }: { periods: readonly string[]; grain: Grain; incomplete: readonly string[] },
  { current: wanted, compare = 'previous' }: { current: string | undefined; compare: PeriodRequest['compare'] },
): Pick<TimeAxis, 'current' | 'previous'> {
  const current = wanted ?? periods.at(-1) ?? null;
  if (current === null || !(periods.includes(current) || incomplete.includes(current))) {
    return { current: null, previous: null };
  }
  const previous = compare === 'year_ago' ? yearBefore(current, grain) : addPeriods(current, grain, -1);
  return { current, previous: periods.includes(previous) ? previous : null };
}

/** Of today nobody knows the whole yet. */
function partialOf({ last }: DayPattern, { grain, today }: { grain: Grain; today: string }): TimeAxis['partial'] {
  const period = startOf(last, grain);
  const days = daysBetween(period, last) - (grain === 'day' && last === today ? 1 : 0);
  return { period, days, of: daysBetween(period, lastDayOf(period, grain)) };
}

function dayOf(column: string): string {
  return `CAST(${quoteName(column)} AS DATE)`;
}

function isFinite(column: string): string {
  return `isfinite(${quoteName(column)})`;
}

function dateOf(day: string): string {
  return `CAST(${quoteText(day)} AS DATE)`;
}
