import type { Grain, TableProfile } from '../../../../models/insight.ts';
import { addDays, addPeriods, daysBetween, lastDayOf, startOf } from '../../profile/periods.ts';
import type { Period } from './plan.ts';

const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

/**
 * The days (null: all) over whose periods an amount is averaged: of those that are asked for, the whole periods that are
 * complete in the data. null: there is none, or the table is looked at in coarser ones.
 */
export function averagedSpan(
  asked: Period | null,
  { table, grain }: { table: Pick<TableProfile, 'time' | 'columns'>; grain: Grain },
): { days: Period | null } | null {
  const { time } = table;
  const [from, until] = [time?.periods[0], time?.periods.at(-1)];
  if (time === null || from === undefined || until === undefined) return null;
  const known = lastDayOf(until, time.grain);
  const isFiner = grains.indexOf(grain) < grains.indexOf(time.grain);
  if (isFiner) return grain === 'day' && hasEachDay(table, daysBetween(from, known)) ? { days: asked } : null;
  const first = asked === null || asked.first < from ? from : asked.first;
  const last = asked === null || asked.last > known ? known : asked.last;
  const start = startOf(first, grain) === first ? first : addPeriods(startOf(first, grain), grain, 1);
  const end = lastDayOf(startOf(last, grain), grain) === last ? last : addDays(startOf(last, grain), -1);
  if (end < start) return null;
  const isWhole = asked?.first === start && asked.last === end;
  return { days: isWhole ? asked : { first: start, last: end, grain: null } };
}

/** "Per day" is of the days that have rows, or of all of them: it is clear where there is hardly a difference. */
function hasEachDay({ time, columns }: Pick<TableProfile, 'time' | 'columns'>, days: number): boolean {
  const column = columns.find(({ name }) => name === time?.column);
  return column?.type === 'DATE' && column.distinct >= leastDays * days;
}

const leastDays = 0.95;
