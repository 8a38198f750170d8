import type { TableProfile } from '../../../models/insight.ts';
import type { Cell as TableCell } from '../../../models/table.ts';
import { periodSql, type Axis } from '../series/axis.ts';
import { amountOf, groupSql, memberOf, namedSql, setsSql } from '../queries/grouping.ts';
import type { Investigation } from '../findings/investigation.ts';
import type { Measure } from '../queries/measures.ts';
import { packSql, unpackRows } from '../queries/packed-rows.ts';
import { peersSql, rankSql } from './ranks.ts';
import { sampleOf } from '../queries/sample.ts';
import { memberSql } from '../queries/subspaces.ts';
import { quoteName, quoteText } from '../../../models/sql.ts';
import type { RankedGroup } from '../statistics/kruskal-wallis.ts';
import { autocorrelation } from '../statistics/moments.ts';
import { sum } from '../statistics/order-statistics.ts';
import { askTogether } from '../queries/together.ts';

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

/**
 * The ranks of each measure by the members of each of the columns, in the order of both; every row is looked at once for all
 * of them.
 */
export async function rankGroups(
  { session, table }: Investigation,
  { measures, columns, axis }: { measures: readonly Measure[]; columns: readonly string[]; axis: Axis | null },
): Promise<RankedGroups[][]> {
  const answered = await askTogether(columns, (asked) =>
    session.query(cellsSql(table, { measures, columns: asked, axis })),
  );
  return measures.map((_, measure) =>
    answered.flatMap(({ columns: asked, result }) =>
      asked.map((column, index) => {
        const rows = result.rows.filter(([place]) => Number(place) === index);
        return { column, ...readGroups(rows, measure) };
      }),
    ),
  );
}

/** One row per member, whose periods, sizes and sums of ranks are packed; ranks are doubled, hence whole. */
function cellsSql(
  table: TableProfile,
  { measures, columns, axis }: { measures: readonly Measure[]; columns: readonly string[]; axis: Axis | null },
): string {
  const period = axis === null ? quoteText('') : periodSql(axis);
  const places = measures.map((_, index) => index);
  const members = columns.map((_, index) => memberOf(index));
  const ranks = places.map((index) => {
    const amount = amountOf(index);
    return (
      `CASE WHEN ${amount} IS NOT NULL THEN ${rankSql(amount)} END AS doubled_${index}, ` +
      `CASE WHEN ${amount} IS NOT NULL THEN ${peersSql(amount)} END AS ties_${index}`
    );
  });
  const cells = places.map((index) => {
    return (
      `count(doubled_${index}) AS size_${index}, coalesce(sum(doubled_${index}), 0) AS doubled_${index}, ` +
      `coalesce(sum(ties_${index} * ties_${index} - 1), 0) AS ties_${index}`
    );
  });
  const ties = places.map((index) => `sum(ties_${index})`).join(', ');
  const packed = packSql([
    "coalesce(CAST(period AS VARCHAR), 'null')",
    ...places.flatMap((index) => [`size_${index}`, `doubled_${index}`]),
  ]);
  const sizes = places.map((index) => `sum(size_${index})`).join(', ');
  return (
    `WITH source AS (SELECT ${namedSql(columns.map(memberSql), measures)}, ${period} AS period ` +
    `FROM ${sampleOf(quoteName(table.name), table)}), ` +
    `ranked AS MATERIALIZED (SELECT period, ${[...members, ...ranks].join(', ')} FROM source), ` +
    `cells AS (SELECT ${groupSql(columns.length)}, period, ${cells.join(', ')} FROM ranked ` +
    `GROUP BY ${setsSql(columns.length, { by: ['period'], whole: false })}) ` +
    `SELECT place, member, ${packed}, ${ties} FROM cells WHERE member IS NOT NULL ` +
    `GROUP BY place, member HAVING greatest(${sizes}) >= ${fewestRowsOfGroup} ORDER BY place, member`
  );
}

function readGroups(rows: readonly (readonly TableCell[])[], measure: number): Omit<RankedGroups, 'column'> {
  const all = rows.map(([, , packed = '', ...ties]) => ({
    ties: Number(ties[measure]),
    cells: readCells(unpackRows(packed), measure),
  }));
  const large = all.filter(({ cells }) => sum(cells.map(({ size }) => size)) >= fewestRowsOfGroup);
  const groups = large.map(({ cells }) => cells);
  return {
    groups: groups.map((cells) => ({ size: sum(cells.map(({ size }) => size)), rankSum: rankSumOf(cells) })),
    ties: sum(large.map(({ ties }) => ties)),
    ...inflationOf(groups),
  };
}

function readCells(rows: readonly (readonly string[])[], measure: number): Cell[] {
  const cells = rows.map(([period = '', ...numbers]) => {
    const [size, doubled] = numbers.slice(2 * measure).map(Number);
    return { period, size: size ?? 0, rankSum: (doubled ?? 0) / 2 };
  });
  return cells.filter(({ size }) => size > 0);
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
    // What is common to all groups was taken out, and with it a part of what each of them varies.
    freedom += (cells.length - 1) * (1 - 1 / groups.length);
    const memory = autocorrelation(deviations, 1);
    memories.push((memory + 1 / cells.length) / (1 - 4 / cells.length));
  }
  if (freedom === 0) return { inflation: 1, freedom: Infinity };
  // A memory that is known from few periods may be longer than it looks: its standard error is added.
  const uncertainty = 1 / Math.sqrt(groups.flat().length);
  const memory = Math.min(0.9, Math.max(0, sum(memories) / memories.length + uncertainty));
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
