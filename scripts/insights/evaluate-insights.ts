import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { investigate } from '@billumy/server/core/insights/detectors/detectors';
import { profileTable } from '@billumy/server/core/insights/profile/profile-table';
import { selectFindings } from '@billumy/server/core/insights/select-findings';
import { insightTypes, type Finding } from '@billumy/server/models/insight';
import type { DataEngine, DataSession, TableSource } from '@billumy/server/ports/data-engine';
import { openDuckDbEngine } from '@billumy/server/services/data-engine/duckdb-engine';
import type { Row } from './monthly-table.ts';
import { noiseKinds, noiseTable, type NoiseKind } from './noise-tables.ts';
import { plantedTable, plants, type PlantedType } from './planted-tables.ts';

export interface PlantedFigures {
  type: PlantedType;
  tables: number;
  /** Tables whose planted insight is among those told, and is one of the first three. */
  found: number;
  inFirstThree: number;
}

export interface NoiseFigures {
  kind: NoiseKind;
  tables: number;
  /** Tables of which anything is told that was tested. */
  alarmed: number;
  /** What was told, by type. */
  told: Readonly<Record<string, number>>;
}

/** As `POST /insights` has them by default. */
const q = 0.05;
const maxInsights = 8;
const tablesPerSession = 10;
const deadlineMs = 600_000;
const now = new Date('2026-01-15T12:00:00Z');

/** How many of as many planted insights of each kind are found. */
export async function evaluatePlanted(
  tables: number,
  types = Object.keys(plants) as PlantedType[],
): Promise<PlantedFigures[]> {
  return withEngine(async (engine) => {
    const figures: PlantedFigures[] = [];
    for (const type of types) {
      const planted = Array.from({ length: tables }, (_, seed) => plantedTable(type, seed));
      const told = await tellAll(
        engine,
        planted.map(({ rows }) => rows),
      );
      const ranks = planted.map(({ isPlanted }, index) => told[index]?.findIndex(isPlanted) ?? -1);
      figures.push({
        type,
        tables,
        found: ranks.filter((rank) => rank >= 0).length,
        inFirstThree: ranks.filter((rank) => rank >= 0 && rank < 3).length,
      });
    }
    return figures;
  });
}

/** In how many of as many tables of noise of each kind anything is found. */
export async function evaluateNoise(tables: number): Promise<NoiseFigures[]> {
  return withEngine(async (engine) => {
    const figures: NoiseFigures[] = [];
    for (const kind of noiseKinds) {
      const told = await tellAll(
        engine,
        Array.from({ length: tables }, (_, seed) => noiseTable(kind, 10_000 + seed)),
      );
      const tested = told.map((findings) => findings.filter(({ score }) => score.p !== null));
      const types = tested.flat().map(({ type }) => type);
      figures.push({
        kind,
        tables,
        alarmed: tested.filter(({ length }) => length > 0).length,
        told: Object.fromEntries(
          [...new Set(types)].map((type) => [type, types.filter((each) => each === type).length]),
        ),
      });
    }
    return figures;
  });
}

async function withEngine<Result>(work: (engine: DataEngine) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-eval-'));
  const engine = await openDuckDbEngine({ folder: join(folder, 'engine') });
  try {
    return await work(engine);
  } finally {
    await engine[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tellAll(engine: DataEngine, tables: readonly Row[][]): Promise<(readonly Finding[])[]> {
  const told: (readonly Finding[])[] = [];
  for (let start = 0; start < tables.length; start += tablesPerSession) {
    const sources = tables.slice(start, start + tablesPerSession).map(sourceOf);
    await using session = await engine.open(sources, { signal: new AbortController().signal, deadlineMs });
    for (const index of sources.keys()) told.push(await tell(session, index));
  }
  return told;
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
