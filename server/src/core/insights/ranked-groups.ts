import type { Axis } from './axis.ts';
import { periodSql } from './axis.ts';
import type { Investigation } from './investigation.ts';
import type { Measure } from './measures.ts';
import { sampleOf } from './sample.ts';
import { memberSql } from './subspaces.ts';
import { quoteName, quoteText } from './sql.ts';
import type { RankedGroup } from './statistics/kruskal-wallis.ts';
import { autocorrelation } from './statistics/moments.ts';
import { sum } from './statistics/order-statistics.ts';

/** Rows of a measure, ranked and grouped by the members of a dimension. */
export interface RankedGroups {
  column: string;
  groups: readonly RankedGroup[];
  ties: number;
  /** How many times the variance of a group's mean is that of independent rows: rows of one time may be alike. */
  inflation: number;
  /** How many values that is known from. */
  freedom: number;
}

interface Cell {
  period: string;
  size: number;
  rankSum: number;
}

const fewestRowsOfGroup = 20;
const fewestPeriods = 6;

/** The ranks of a measure by the members of each of the columns; ranking happens once for all of them. */
export async function rankGroups(
  { session, table }: Investigation,
  { measure, columns, axis }: { measure: Measure; columns: readonly string[]; axis: Axis | null },
): Promise<RankedGroups[]> {
  const period = axis === null ? quoteText('') : `CAST(${periodSql(axis)} AS VARCHAR)`;
  const amount = measure.amount;
  const named = columns.map((column, index) => `${memberSql(column)} AS member_${String(index)}`).join(', ');
  const cells = columns.map(
    (_, index) =>
      `SELECT ${String(index)} AS place, member_${String(index)} AS member, period, count(*) AS size, ` +
      `sum(doubled) AS doubled, sum(ties * ties - 1) AS ties FROM ranked WHERE member_${String(index)} IS NOT NULL GROUP BY ALL`,
  );
  const { rows } = await session.query(
    `WITH ranked AS MATERIALIZED (SELECT ${named}, ${period} AS period, ` +
      `CAST(2 * rank() OVER (ORDER BY ${amount}) + count(*) OVER (PARTITION BY ${amount}) - 1 AS HUGEINT) AS doubled, ` +
      `CAST(count(*) OVER (PARTITION BY ${amount}) AS HUGEINT) AS ties ` +
      `FROM ${sampleOf(quoteName(table.name), table)} WHERE ${amount} IS NOT NULL), cells AS (${cells.join(' UNION ALL ')}) ` +
      `SELECT place, sum(ties), list(period ORDER BY period), list(size ORDER BY period), list(CAST(doubled AS VARCHAR) ORDER BY period) ` +
      `FROM cells GROUP BY place, member HAVING sum(size) >= ${String(fewestRowsOfGroup)} ORDER BY place, member`,
  );
  return columns.map((column, index) => {
    const own = rows.filter(([place]) => Number(place) === index);
    const groups = own.map(([, , periods, sizes, doubled]) => readCells([periods, sizes, doubled].map(String)));
    return {
      column,
      groups: groups.map((cellsOfGroup) => ({
        size: sum(cellsOfGroup.map(({ size }) => size)),
        rankSum: rankSumOf(cellsOfGroup),
      })),
      ties: sum(own.map(([, ties]) => Number(ties))),
      ...inflationOf(groups),
    };
  });
}

function readCells([periods = '[]', sizes = '[]', doubled = '[]']: readonly string[]): Cell[] {
  const [starts, counts, sums] = [periods, sizes, doubled].map((list) => (JSON.parse(list) as unknown[]).map(String));
  return (starts ?? []).map((period, index) => ({
    period,
    size: Number(counts?.[index]),
    rankSum: Number(sums?.[index]) / 2,
  }));
}

const rankSumOf = (cells: readonly Cell[]): number => sum(cells.map(({ rankSum }) => rankSum));

/**
 * Rows of a group are not independent when a day is good or bad for all of them, or when a group remembers how it was:
 * the variance of its mean ranks from period to period, beside what is common to all groups, against that of as many
 * independent rows (the design effect of Kish, 1965), times (1 + r) / (1 - r) of their lag-1 autocorrelation.
 */
function inflationOf(groups: readonly (readonly Cell[])[]): Pick<RankedGroups, 'inflation' | 'freedom'> {
  const common = meanByPeriod(groups.flat());
  const variance = (groups.flat().reduce((total, { size }) => total + size, 0) ** 2 - 1) / 12;
  let [observed, freedom] = [0, 0];
  const memories: number[] = [];
  for (const cells of groups.filter(({ length }) => length >= fewestPeriods)) {
    const deviations = cells.map(({ period, size, rankSum }) => rankSum / size - (common.get(period) ?? 0));
    const center = sum(deviations) / deviations.length;
    observed += sum(deviations.map((deviation, index) => (cells[index]?.size ?? 0) * (deviation - center) ** 2));
    freedom += cells.length - 1;
    const memory = autocorrelation(deviations, 1);
    memories.push((memory + 1 / cells.length) / (1 - 4 / cells.length));
  }
  if (freedom === 0) return { inflation: 1, freedom: Infinity };
  const memory = Math.min(0.9, Math.max(0, sum(memories) / memories.length));
  const worth = (1 - memory) / (1 + memory);
  return { inflation: Math.max(1, observed / freedom / variance / worth), freedom: Math.max(2, freedom * worth) };
}

function meanByPeriod(cells: readonly Cell[]): Map<string, number> {
  const totals = new Map<string, { size: number; rankSum: number }>();
  for (const { period, size, rankSum } of cells) {
    const total = totals.get(period) ?? { size: 0, rankSum: 0 };
    totals.set(period, { size: total.size + size, rankSum: total.rankSum + rankSum });
  }
  return new Map([...totals].map(([period, { size, rankSum }]) => [period, rankSum / size]));
}
