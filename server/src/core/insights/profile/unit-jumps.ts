import type { ColumnProfile, TimeAxis } from '../../../models/insight.ts';
import type { LoadedTable } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { quoteName } from '../../../models/sql.ts';
import { isNumber, kindOfType } from './type-kind.ts';

const mostMeasures = 40;
const leastPeriods = 5;
const lookedAtBeside = 3;
/** In decimal logarithms: how near to a power of ten a jump is, and how still the periods beside it are. */
const nearPower = 0.08;
const stillBeside = 0.3;

/** Measures whose typical value becomes 10, 100 or 1,000 times another from one period to the next, and stays so. */
export async function findUnitJumps(
  session: Pick<DataSession, 'query'>,
  table: LoadedTable,
  { columns, axis }: { columns: readonly ColumnProfile[]; axis: TimeAxis },
): Promise<string[]> {
  const measures = columns.filter(({ role, type }) => role === 'measure' && isNumber(kindOfType(type)));
  const names = measures.slice(0, mostMeasures).map(({ name }) => name);
  if (names.length === 0 || axis.periods.length < leastPeriods) return [];
  const medians = names.map((name) => `CAST(median(${quoteName(name)}) AS DOUBLE)`).join(', ');
  const { rows } = await session.query(
    `SELECT ${medians} FROM ${quoteName(table.name)} WHERE isfinite(${quoteName(axis.column)}) ` +
      `GROUP BY date_trunc('${axis.grain}', CAST(${quoteName(axis.column)} AS DATE)) ` +
      `ORDER BY date_trunc('${axis.grain}', CAST(${quoteName(axis.column)} AS DATE))`,
  );
  return names.filter((_, index) => jumps(rows.map((row) => Number(row[index] ?? 0))));
}

function jumps(values: readonly number[]): boolean {
  const logarithms = values.filter((value) => value > 0).map(Math.log10);
  const steps = logarithms.slice(1).map((value, index) => value - (logarithms[index] ?? value));
  return steps.some((step, index) => {
    const power = Math.abs(Math.round(step));
    if (power < 1 || power > 3 || Math.abs(Math.abs(step) - power) > nearPower) return false;
    const beside = [
      ...steps.slice(Math.max(0, index - lookedAtBeside), index),
      ...steps.slice(index + 1, index + 1 + lookedAtBeside),
    ];
    return beside.length >= lookedAtBeside && beside.every((other) => Math.abs(other) < stillBeside);
  });
}
