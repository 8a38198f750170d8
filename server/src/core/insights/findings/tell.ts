import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type {
  Caveat,
  Fact,
  Finding,
  InsightScore,
  InsightSubject,
  InsightType,
  Label,
} from '../../../models/insight.ts';
import { gatherEvidence, readFact } from '../evidence/evidence.ts';
import type { Investigation } from './investigation.ts';
import { pointerTo } from '../evidence/result-cells.ts';

export type FactSource = Pick<Fact, 'unit' | 'from'>;

/** What makes a finding; its numbers come of the evidence alone. */
export interface Telling {
  type: InsightType;
  subject: InsightSubject;
  sql: string;
  facts: Readonly<Record<string, FactSource>>;
  labels: Readonly<Record<string, Label>>;
  score: Omit<InsightScore, 'q' | 'confidence' | 'significance'>;
  caveats: readonly Caveat[];
}

const evidenceId = 'e1';

/** Runs the query and reads every fact from what it gives. Rejects with what a session rejects with. */
export async function tell({ session }: Pick<Investigation, 'session'>, telling: Telling): Promise<Finding> {
  const evidence = await gatherEvidence(session, { id: evidenceId, sql: telling.sql });
  const facts = Object.entries(telling.facts).map(([name, source]): [string, Fact] => {
    const value = readFact(evidence, source);
    if (value === undefined) throw new AppError('internal', { detail: told`The evidence has no ${name}.` });
    return [name, { value, ...source, evidence: evidenceId }];
  });
  const { type, subject, labels, caveats, score } = telling;
  return {
    type,
    subject,
    facts: Object.fromEntries(facts),
    labels,
    evidence: [evidence],
    score: { ...score, significance: score.p === null ? 1 : 1 - score.p, q: null, confidence: 'low' },
    caveats,
  };
}

/** A fact that is a cell of the evidence. */
export function cell(row: number, column: number, unit: string | null): FactSource {
  return { unit, from: { pointer: pointerTo(row, column) } };
}

/** A fact that a derivation computes of the evidence. */
export function derived(derivation: string, parameters: readonly (string | number)[], unit: string | null): FactSource {
  return { unit, from: { derivation, arguments: parameters.map(String) } };
}
