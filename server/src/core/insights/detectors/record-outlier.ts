import type { TableProfile } from '../../../models/insight.ts';
import type { Cell } from '../../../models/table.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { measuresOf, type Measure } from '../queries/measures.ts';
import { sampleOf } from '../queries/sample.ts';
import { quoteName } from '../../../models/sql.ts';
import { extremeProbability } from '../statistics/extreme-probability.ts';
import { skewness } from '../statistics/moments.ts';
import { median, sorted, sum } from '../statistics/order-statistics.ts';
import { measureCaveats, subjectOf } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';

const fewestRows = 30;
const mostSampled = 2_000;
/** Tukey's outer fences: so many times the distance of the quartiles beyond them. */
const fenceWidth = 3;
const logarithmicSkewness = 2;
/** Beyond such a share, it is no exception. */
const mostShare = 0.02;
const strikingRatio = 10;

interface Extremes {
  measure: Measure;
  sql: string;
  p: number;
  z: number;
  outliers: number;
  rows: number;
  /** How many times the fence the most extreme value is. */
  ratio: number;
  isHeavyTailed: boolean;
}

/** Single rows far beyond all others, by Tukey's fences and by how likely tails like theirs give such a row. */
export async function recordOutlier(investigation: Investigation): Promise<Candidate[]> {
  const { table, signal } = investigation;
  const measures = measuresOf(table).filter((measure) => measure.column !== null && !isPersonal(table, measure));
  if (signal.aborted || measures.length === 0 || table.rows < fewestRows) return [];
  return (await lookFor(investigation, measures)).map((found) => ({
    type: 'record_outlier',
    subject: subjectOf(table, { measure: found.measure }),
    p: found.p,
    isLarge: found.outliers > 0 && found.outliers <= mostShare * found.rows,
    impact: 1,
    strength: Math.min(1, found.ratio / strikingRatio) || 0,
    topics: [`rows ${found.measure.column ?? ''}`],
    finding: () => findingOf(investigation, found),
  }));
}

const isPersonal = ({ columns }: TableProfile, { column }: Measure): boolean =>
  columns.some(({ name, pii }) => name === column && pii);

async function lookFor({ session, table }: Investigation, measures: readonly Measure[]): Promise<Extremes[]> {
  const name = quoteName(table.name);
  const amounts = measures.map(({ amount }) => `CAST(${amount} AS DOUBLE)`).join(', ');
  const sampled = await session.query(`SELECT ${amounts} FROM ${sampleOf(name, table, mostSampled)}`);
  const samples = measures.flatMap((measure, place) => {
    const values = sampled.rows.flatMap((row) => row[place] ?? []).map(Number);
    if (values.length < fewestRows) return [];
    const isLogarithmic = values.every((value) => value > 0) && skewness(withoutExtremes(values)) > logarithmicSkewness;
    return [{ measure, values, isLogarithmic, sql: outliersSql(name, { measure, isLogarithmic }) }];
  });
  if (samples.length === 0) return [];
  const each = samples.map(
    ({ sql }, place) => `SELECT ${place} AS place, size, outliers, CAST(extreme AS VARCHAR), fence FROM (${sql})`,
  );
  const { rows } = await session.query(`${each.join(' UNION ALL ')} ORDER BY place`);
  return samples.flatMap((sample, place) => extremesOf(sample, rows[place]?.slice(1) ?? []) ?? []);
}

interface Sample {
  measure: Measure;
  values: readonly number[];
  isLogarithmic: boolean;
  /** Looks at all rows. */
  sql: string;
}

function extremesOf({ measure, values, isLogarithmic, sql }: Sample, row: readonly Cell[]): Extremes | undefined {
  const [size, outliers, extreme, fence] = row.map(Number);
  if (size === undefined || outliers === undefined || extreme === undefined || fence === undefined) return undefined;
  const scale = (value: number): number => (isLogarithmic ? Math.log(value) : value);
  const scaled = values.map(scale);
  const center = median(scaled);
  const others = withoutExtremes(scaled).map((value) => value - center);
  const probability = extremeProbability(scale(extreme) - center, { others, tries: size });
  if (probability === null || outliers === 0) return undefined;
  const z = (scale(extreme) - center) / Math.sqrt(sum(others.map((other) => other ** 2)) / others.length);
  return { measure, sql, z, outliers, rows: size, ratio: Math.abs(extreme / fence), ...probability };
}

/** Without the value at either end, one of which is what is looked at: without more, heavy tails would look light. */
function withoutExtremes(values: readonly number[]): number[] {
  return sorted(values).slice(1, -1);
}

/** One row: how many rows lie beyond the fence on the side of the most extreme value, that value, and the fence. */
function outliersSql(table: string, { measure, isLogarithmic }: { measure: Measure; isLogarithmic: boolean }): string {
  const fences = isLogarithmic
    ? `q1 * pow(q1 / q3, ${String(fenceWidth)}) AS low, q3 * pow(q3 / q1, ${String(fenceWidth)}) AS high`
    : `q1 - ${String(fenceWidth)} * (q3 - q1) AS low, q3 + ${String(fenceWidth)} * (q3 - q1) AS high`;
  const distance = isLogarithmic ? 'greatest / high > low / least' : 'greatest - high > low - least';
  return (
    `WITH amounts AS (SELECT ${measure.amount} AS amount FROM ${table} WHERE ${measure.amount} IS NOT NULL), ` +
    `quartiles AS (SELECT CAST(quantile_cont(amount, 0.25) AS DOUBLE) AS q1, CAST(quantile_cont(amount, 0.75) AS DOUBLE) AS q3, ` +
    `CAST(min(amount) AS DOUBLE) AS least, CAST(max(amount) AS DOUBLE) AS greatest FROM amounts), ` +
    `fences AS (SELECT *, ${fences} FROM quartiles), sides AS (SELECT *, ${distance} AS is_high FROM fences) ` +
    `SELECT count(*) AS size, count(*) FILTER (WHERE CASE WHEN is_high THEN amount > high ELSE amount < low END) AS outliers, ` +
    `CASE WHEN any_value(is_high) THEN max(amount) ELSE min(amount) END AS extreme, ` +
    `CAST(any_value(CASE WHEN is_high THEN high ELSE low END) AS DECIMAL(38, 6)) AS fence FROM amounts, sides`
  );
}

function findingOf(investigation: Investigation, found: Extremes): ReturnType<Candidate['finding']> {
  const { measure } = found;
  return tell(investigation, {
    type: 'record_outlier',
    subject: subjectOf(investigation.table, { measure }),
    sql: found.sql,
    facts: {
      outliers: cell(0, 1, 'count'),
      extreme: cell(0, 2, measure.unit),
      fence: cell(0, 3, measure.unit),
      share_pct: derived('percent_of', ['/rows/0/1', '/rows/0/0'], '%'),
    },
    labels: {},
    score: { impact: 1, p: found.p, effect: found.z, test: "Tukey's outer fences, tail fit", n: found.rows },
    caveats: [
      ...measureCaveats(investigation, measure),
      ...(found.isHeavyTailed ? [{ code: 'heavy_tails' as const }] : []),
    ],
  });
}
