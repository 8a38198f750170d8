import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { investigate } from '@billumy/server/core/insights/detectors/detectors';
import { profileTable } from '@billumy/server/core/insights/profile/profile-table';
import { selectFindings } from '@billumy/server/core/insights/findings/select-findings';
import { insightTypes, type Finding } from '@billumy/server/models/insight';
import type { DataEngine, DataSession, TableSource } from '@billumy/server/ports/data-engine';
import { openDuckDbEngine } from '@billumy/server/services/data-engine/duckdb-engine';
import type { Row } from './monthly-table.ts';

/** As `POST /insights` has them by default. */
const q = 0.05;
const maxInsights = 8;
export const tablesPerSession = 10;
const deadlineMs = 600_000;
const now = new Date('2026-01-15T12:00:00Z');

/** Gives an engine of its own to the work, and removes all that it leaves. */
export async function withEngine<Result>(work: (engine: DataEngine) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-eval-'));
  const engine = await openDuckDbEngine({ folder: join(folder, 'engine') });
  try {
    return await work(engine);
  } finally {
    await engine[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What would be told of each table, as `POST /insights` tells it. */
export async function tellAll(engine: DataEngine, tables: readonly Row[][]): Promise<(readonly Finding[])[]> {
  const told: (readonly Finding[])[] = [];
  for (let start = 0; start < tables.length; start += tablesPerSession) {
    const some = tables.slice(start, start + tablesPerSession);
    await using session = await openTables(engine, some);
    for (const index of some.keys()) told.push(await tell(session, index));
  }
  return told;
}

/** The tables as `vendas_0`, `vendas_1` and so on. */
export function openTables(engine: DataEngine, tables: readonly Row[][]): Promise<DataSession> {
  return engine.open(tables.map(sourceOf), { signal: new AbortController().signal, deadlineMs });
}

async function tell(session: DataSession, index: number): Promise<readonly Finding[]> {
  const table = session.tables[index];
  if (table === undefined) throw new Error('a table was not opened');
  const { profile, warnings } = await profileTable(session, { table, hints: [], now });
  const { candidates } = await investigate({
    session,
    table: profile,
    warnings,
    now,
    types: new Set(insightTypes),
    signal: new AbortController().signal,
  });
  return (await selectFindings(candidates, { q, maxInsights })).findings;
}

function sourceOf(rows: readonly Row[], index: number): TableSource {
  const bytes = Buffer.from(JSON.stringify(rows));
  return {
    name: `vendas_${String(index)}`,
    format: 'json',
    csv: {},
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    async *content() {
      yield bytes;
    },
  };
}
