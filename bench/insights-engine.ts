import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isAppError } from '@billumy/server/errors/app-error';
import type { TableFormat } from '@billumy/server/models/table';
import type { DataEngine, TableSource } from '@billumy/server/ports/data-engine';
import { openChildChartRenderer } from '@billumy/server/services/chart/child-chart-renderer';
import { openDuckDbEngine } from '@billumy/server/services/data-engine/duckdb-engine';
import { percentile, toRow, type BenchRow } from './row.ts';

const charts = 100;
const untrustedSeconds = 2;
const never = new AbortController().signal;
const options = { signal: never, deadlineMs: 120_000 };

/** Reading tables and asking about them, hostile queries, and drawing; what each does to the event loop of the service. */
export async function benchInsightsEngine({ csvRows = 1_000_000, jsonRows = 100_000, runs = 3 } = {}): Promise<
  BenchRow[]
> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-bench-'));
  try {
    await using engine = await openDuckDbEngine({ folder: join(folder, 'engine'), untrustedSeconds });
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    const before = process.memoryUsage.rss();
    const rows = [
      ...(await benchTables(engine, { csvRows, jsonRows, runs })),
      await benchHostile(engine),
      ...(await benchCharts()),
    ];
    lag.disable();
    const grown = (process.memoryUsage.rss() - before) / 1000 ** 2;
    return [
      ...rows,
      toRow({ name: 'lag of the event loop, p99', unit: 'ms', note: 'throughout; goal ≤ 50' }, [
        lag.percentile(99) / 1e6,
      ]),
      toRow(
        { name: 'growth of the service', unit: 'MB', note: 'its process alone, with what makes the tables; goal ≤ 50' },
        [grown],
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Sizes {
  csvRows: number;
  jsonRows: number;
  runs: number;
}

async function benchTables(engine: DataEngine, { csvRows, jsonRows, runs }: Sizes): Promise<BenchRow[]> {
  const groupBy = 'SELECT c0, sum(c3), avg(c4), count(*) FROM t GROUP BY c0 ORDER BY c0';
  const measured = [
    { name: `${csvRows.toLocaleString('en-GB')} × 10 CSV`, format: 'csv' as const, rows: csvRows },
    { name: `${jsonRows.toLocaleString('en-GB')} × 10 JSON`, format: 'json' as const, rows: jsonRows },
    { name: '1,000 × 10 JSON', format: 'json' as const, rows: 1_000 },
  ];
  const result: BenchRow[] = [];
  for (const { name, format, rows } of measured) {
    const opened: number[] = [];
    const grouped: number[] = [];
    const again: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const table = syntheticTable({ format, rows, run });
      const begun = performance.now();
      const session = await engine.open([table], options);
      opened.push(performance.now() - begun);
      grouped.push((await session.query(groupBy)).elapsedMs);
      await session[Symbol.asyncDispose]();
      const secondTime = performance.now();
      await (await engine.open([table], options))[Symbol.asyncDispose]();
      again.push(performance.now() - secondTime);
    }
    const note = `${runs} runs`;
    result.push(
      toRow({ name: `${name}: open`, unit: 'ms', note }, opened),
      toRow({ name: `${name}: open again, from its database`, unit: 'ms', note }, again),
      toRow({ name: `${name}: sums by 20 groups`, unit: 'ms', note }, grouped),
    );
  }
  return result;
}

/** Made piece by piece, so that it takes no memory that would be counted. */
function syntheticTable({ format, rows, run }: { format: TableFormat; rows: number; run: number }): TableSource {
  const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
  const cells = (n: number): readonly (string | number)[] => [
    `grupo ${n % 20}`,
    `produto ${(n * 7 + run) % 500}`,
    n,
    ((n * 7919) % 100_000) / 100,
    ((n * 104_729) % 1_000_000) / 1000,
    n % 1000,
    (n * 31) % 10_000,
    `2024-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`,
    n % 2 === 0 ? 'sim' : 'não',
    ((n * 17) % 5000) / 10,
  ];
  const asObject = (n: number): string =>
    JSON.stringify(Object.fromEntries(cells(n).map((cell, index) => [names[index]!, cell])));
  return {
    name: 't',
    format,
    csv: {},
    digest: createHash('sha256').update(`${format} ${rows} ${run}`).digest('hex'),
    async *content() {
      const piece = 5_000;
      yield Buffer.from(format === 'csv' ? `${names.join(',')}\n` : '[');
      for (let from = 0; from < rows; from += piece) {
        const numbers = Array.from({ length: Math.min(piece, rows - from) }, (_, index) => from + index);
        const lines = numbers.map((n) =>
          format === 'csv' ? `${cells(n).join(',')}\n` : `${n === 0 ? '' : ','}${asObject(n)}`,
        );
        yield Buffer.from(lines.join(''));
      }
      if (format !== 'csv') yield Buffer.from(']');
    },
  };
}

/** Queries that would run for ever: how much later than allowed their rejection comes. */
async function benchHostile(engine: DataEngine): Promise<BenchRow> {
  await using session = await engine.open([syntheticTable({ format: 'json', rows: 1_000, run: -1 })], options);
  const late: number[] = [];
  for (const expression of [
    'count(*)',
    'count(DISTINCT a.c2 * b.c2 * c.c2)',
    'median(a.c2 * b.c3)',
    'sum(a.c3 * b.c3)',
  ]) {
    const begun = performance.now();
    const code = await session
      .queryUntrusted(`SELECT ${expression} FROM t a, t b, t c, t d WHERE d.c2 < 0 OR a.c2 >= 0`)
      .then(
        () => 'none',
        (error: unknown) => (isAppError(error) ? error.code : String(error)),
      );
    if (code !== 'timeout' && code !== 'sql_failed') throw new Error(`a hostile query ended with ${code}`);
    late.push(performance.now() - begun - untrustedSeconds * 1000);
  }
  const note = `4 queries that never end, ${untrustedSeconds} s each; negative: out of memory before; goal ≤ 250`;
  return toRow({ name: 'a hostile query: after its deadline', unit: 'ms', note }, late);
}

async function benchCharts(): Promise<BenchRow[]> {
  await using renderer = openChildChartRenderer();
  const values = Array.from({ length: 365 }, (_, day) => ({
    dia: new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
    valor: 100 + 20 * Math.sin(day / 7),
  }));
  const encoding = { x: { field: 'dia', type: 'temporal' }, y: { field: 'valor', type: 'quantitative' } };
  const line = { width: 600, height: 300, data: { values }, mark: 'line', encoding };
  const times: number[] = [];
  for (let drawn = 0; drawn <= charts; drawn += 1) {
    const begun = performance.now();
    await renderer.draw(line, { signal: never });
    times.push(performance.now() - begun);
  }
  const [first = 0, ...warm] = times;
  const sorted = warm.toSorted((one, other) => one - other);
  return [
    toRow({ name: 'SVG of 365 points: the first, with its process', unit: 'ms', note: 'one' }, [first]),
    toRow(
      {
        name: 'SVG of 365 points',
        unit: 'ms',
        note: `${charts} more; p95 ${percentile(sorted, 0.95).toFixed(0)} ms, goal ≤ 100`,
      },
      warm,
    ),
  ];
}
