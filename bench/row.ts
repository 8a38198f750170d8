import { cpus, release, totalmem } from 'node:os';

/** One measured figure: the spread over its runs, in its unit. */
export interface BenchRow {
  name: string;
  unit: string;
  min: number;
  median: number;
  max: number;
  /** What was measured, how often, and the goal or the peer it stands beside. */
  note: string;
}

/** The row of repeated measurements; at least one value. */
export function toRow(
  { name, unit, note }: Pick<BenchRow, 'name' | 'unit' | 'note'>,
  values: readonly number[],
): BenchRow {
  const sorted = values.toSorted((first, second) => first - second);
  return { name, unit, note, min: percentile(sorted, 0), median: percentile(sorted, 0.5), max: percentile(sorted, 1) };
}

/** Nearest-rank percentile of ascending values, `share` in 0..1. */
export function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new Error('no measurement to take a percentile of');
  return value;
}

/** The machine the figures come from, in words. */
export function describeMachine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}, ${memory} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`;
}

/** A Markdown table of rows. */
export function toTable(rows: readonly BenchRow[]): string {
  const lines = rows.map(
    (row) => `| ${row.name} | ${row.unit} | ${[row.min, row.median, row.max].map(round).join(' | ')} | ${row.note} |`,
  );
  return ['| What | Unit | min | median | max | Note |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-GB') : Number(value.toPrecision(3)).toString();
}
