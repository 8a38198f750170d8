import { detectors, investigate } from '../../../src/core/insights/detectors/detectors.ts';
import { readFact, hashOf } from '../../../src/core/insights/evidence/evidence.ts';
import type { Investigation } from '../../../src/core/insights/findings/investigation.ts';
import { selectFindings } from '../../../src/core/insights/findings/select-findings.ts';
import { insightTypes, type Finding, type InsightType } from '../../../src/models/insight.ts';
import type { ColumnHint } from '../../../src/models/table.ts';
import type { DataSession } from '../../../src/ports/data-engine.ts';
import { noon, profileOf } from '../profiles.ts';

/** What detectors look at in the first table of a session. */
export async function investigationOf(
  session: DataSession,
  { types = insightTypes, hints = [] }: { types?: readonly InsightType[]; hints?: readonly ColumnHint[] } = {},
): Promise<Investigation> {
  const { profile, warnings } = await profileOf(session, { hints });
  const { signal } = new AbortController();
  return { session, table: profile, warnings, now: noon, types: new Set(types), signal };
}

/** What is told of it, best first. */
export async function toldOf(investigation: Investigation, maxInsights = 8): Promise<readonly Finding[]> {
  const { candidates } = await investigate(investigation);
  return (await selectFindings(candidates, { q: 0.05, maxInsights })).findings;
}

/** Every finding of one detector whose effect is large, whatever its rank. */
export async function largeOf(investigation: Investigation, type: InsightType): Promise<Finding[]> {
  const candidates = await detectors[type](investigation);
  return Promise.all(candidates.filter(({ isLarge }) => isLarge).map((candidate) => candidate.finding()));
}

/** Values of facts, by name. */
export function valuesOf(finding: Finding | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(finding?.facts ?? {}).map(([name, { value }]) => [name, value]));
}

/** Runs the evidence of a finding again: the facts as they are read from it, and whether its hash is the same. */
export async function again(
  session: DataSession,
  finding: Finding,
): Promise<{ facts: Record<string, string | undefined>; isSame: boolean }> {
  const [evidence] = finding.evidence;
  const result = await session.query(evidence?.sql ?? '');
  const facts = Object.entries(finding.facts).map(([name, fact]) => [name, readFact({ result }, fact)]);
  return { facts: Object.fromEntries(facts), isSame: hashOf(result) === evidence?.hash };
}
