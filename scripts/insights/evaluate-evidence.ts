import { hashOf, readFact } from '@billumy/server/core/insights/evidence/evidence';
import type { Finding } from '@billumy/server/models/insight';
import { plantedTable, plants, type PlantedType } from './planted-tables.ts';
import { openTables, tablesPerSession, tellAll, withEngine } from './tell-tables.ts';

export interface EvidenceFigures {
  queries: number;
  /** Queries that gave exactly what they had given. */
  identical: number;
  facts: number;
  /** Facts that follow from the new result as they did from the old one. */
  same: number;
}

/**
 * Runs every query that findings in so many tables of each kind rest on again, over the tables as another engine, with
 * processes and files of its own, has read them.
 */
export async function evaluateEvidence(tables: number): Promise<EvidenceFigures> {
  const figures: EvidenceFigures = { queries: 0, identical: 0, facts: 0, same: 0 };
  const planted = (Object.keys(plants) as PlantedType[]).flatMap((type) =>
    Array.from({ length: tables }, (_, seed) => plantedTable(type, seed).rows),
  );
  const told = await withEngine((engine) => tellAll(engine, planted));
  await withEngine(async (engine) => {
    for (let start = 0; start < planted.length; start += tablesPerSession) {
      await using session = await openTables(engine, planted.slice(start, start + tablesPerSession));
      for (const finding of told.slice(start, start + tablesPerSession).flat()) {
        await compare(finding, (sql) => session.query(sql), figures);
      }
    }
  });
  return figures;
}

async function compare(
  { evidence, facts }: Finding,
  run: (sql: string) => Promise<Finding['evidence'][number]['result']>,
  figures: EvidenceFigures,
): Promise<void> {
  for (const before of evidence) {
    const result = await run(before.sql);
    figures.queries += 1;
    if (hashOf(result) === before.hash) figures.identical += 1;
    for (const fact of Object.values(facts).filter((each) => each.evidence === before.id)) {
      figures.facts += 1;
      if (readFact({ ...before, result }, fact) === fact.value) figures.same += 1;
    }
  }
}
