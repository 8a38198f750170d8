import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@billumy/protocol';
import type { TableSource } from '@billumy/server/ports/data-engine';
import { openDuckDbEngine } from '@billumy/server/services/data-engine/duckdb-engine';
import { ownMegabytes } from './memory.ts';
import { percentile, toRow, type BenchRow } from './row.ts';
import { accessToken, start, stop, type StartedService } from './started-service.ts';
import { syntheticTable } from './synthetic-table.ts';

/** Tables through HTTP, as the body of a request, and what each may take. */
const usualSizes: readonly Size[] = [
  { rows: 1_000, runs: 20, goalMs: 600 },
  { rows: 100_000, runs: 10, goalMs: 2_000 },
  { rows: 1_000_000, runs: 5, goalMs: 8_000 },
];
interface Size {
  rows: number;
  runs: number;
  goalMs: number;
}

const goals = { growthMegabytes: 50, healthMs: 50, hostileHealthMs: 100 };
const lookEveryMs = 10;
const hostileDeadlineMs = 60_000;

/** None of them ends by itself; the last cannot be interrupted by the engine. */
const hostileQueries = [
  'SELECT count(*) FROM dados a, dados b, dados c, dados d',
  'WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless) SELECT max(n) FROM endless',
  "SELECT levenshtein(repeat('a', 200000), repeat('b', 200000)) FROM dados",
];

/** How long a table takes, what it costs the process that serves, and what others notice of it. */
export async function benchInsights({ sizes = usualSizes } = {}): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'billumy-bench-'));
  const service = await start(folder);
  try {
    const token = await accessToken(service.url);
    const rows: BenchRow[] = [];
    for (const size of sizes) rows.push(...(await benchSize(service, { token, ...size })));
    return [...rows, await benchHostile(service, join(folder, 'hostile'))];
  } finally {
    await stop(service);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSize(
  service: StartedService,
  { token, rows, runs, goalMs }: Size & { token: string },
): Promise<BenchRow[]> {
  const pid = service.process.pid ?? 0;
  const milliseconds: number[] = [];
  const growth: number[] = [];
  const healthMs: number[] = [];
  for (let run = 0; run < runs; run++) {
    // Each a table of its own: what was read before is not read again.
    const table = syntheticTable(rows, run + 1);
    const before = ownMegabytes(pid);
    const memory = watch(() => ownMegabytes(pid));
    const health = watchHealth(service.url);
    const started = performance.now();
    try {
      await send(service.url, token, table);
      milliseconds.push(performance.now() - started);
    } finally {
      growth.push(Math.max(...(await memory.stop())) - before);
      healthMs.push(...(await health.stop()));
    }
  }
  const name = `${rows.toLocaleString('en-GB')} x 10 CSV`;
  const p95 = percentile(
    milliseconds.toSorted((first, second) => first - second),
    0.95,
  );
  const note = `${runs} tables; p95 ${p95.toFixed(0)}, goal p95 ≤ ${goalMs}`;
  return [
    toRow({ name: `${name}, whole report`, unit: 'ms', note }, milliseconds),
    toRow(
      { name: `${name}, growth of the serving process`, unit: 'MB', note: `goal ≤ ${goals.growthMegabytes}` },
      growth,
    ),
    healthRow(`${name}, /health meanwhile`, healthMs, goals.healthMs),
  ];
}

async function send(url: string, token: string, body: Buffer): Promise<void> {
  const reply = await fetch(`${url}/insights?timeout_ms=120000`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: new Uint8Array(body),
  });
  const report = (await reply.json()) as { status?: string };
  if (report.status !== 'complete')
    throw new Error(`the report is not complete: ${JSON.stringify(report).slice(0, 500)}`);
}

/** Queries that never end, in an engine on the same machine with the limits of the service. */
async function benchHostile(service: StartedService, folder: string): Promise<BenchRow> {
  await using engine = await openDuckDbEngine({ folder });
  const table = sourceOf(syntheticTable(10_000, 1));
  const watched = watchHealth(service.url);
  const healthMs: number[] = [];
  try {
    for (const sql of hostileQueries) {
      const options = { signal: new AbortController().signal, deadlineMs: hostileDeadlineMs };
      await using session = await engine.open([table], options);
      await session.queryUntrusted(sql).catch(() => undefined);
    }
  } finally {
    healthMs.push(...(await watched.stop()));
  }
  return healthRow('hostile queries, /health meanwhile', healthMs, goals.hostileHealthMs);
}

function sourceOf(bytes: Buffer): TableSource {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return {
    name: 'dados',
    format: 'csv',
    csv: {},
    digest,
    async *content() {
      yield bytes;
    },
  };
}

/** A reply waits for the event loop: its time is the lag, and a trip over HTTP. */
function watchHealth(url: string): Watched {
  const connection = connect({ url });
  return watch(async () => {
    const started = performance.now();
    await connection.json('/health');
    return performance.now() - started;
  });
}

interface Watched {
  /** Resolves with what was seen. */
  stop(): Promise<number[]>;
}

function watch(look: () => number | Promise<number>): Watched {
  const seen: number[] = [];
  const stopping = new AbortController();
  const watching = (async () => {
    do {
      seen.push(await look());
      await pause(lookEveryMs);
    } while (!stopping.signal.aborted);
  })();
  return {
    async stop() {
      stopping.abort();
      await watching;
      return seen;
    },
  };
}

function healthRow(name: string, milliseconds: readonly number[], goalMs: number): BenchRow {
  const p99 = percentile(
    milliseconds.toSorted((one, other) => one - other),
    0.99,
  );
  const note = `${milliseconds.length} calls, p99 ${p99.toFixed(1)}; goal p99 ≤ ${goalMs}`;
  return toRow({ name, unit: 'ms', note }, milliseconds);
}
