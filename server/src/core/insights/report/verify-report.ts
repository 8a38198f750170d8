import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Evidence, Fact, InsightReport } from '../../../models/insight.ts';
import type { QueryResult } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { openTables } from '../datasets/open-tables.ts';
import { hashOf, readFact } from '../evidence/evidence.ts';
import type { InsightTools } from '../insight-ports.ts';
import type { InsightContext } from '../insight-request.ts';

/** Whether a report can be computed again. */
export interface Verification {
  id: string;
  /** Every query gave what it had given, and every fact follows from it. */
  verified: boolean;
  evidence: readonly { insightId: string | null; id: string; identical: boolean; hash: string }[];
  facts: { checked: number; different: number };
}

/** What facts are read from: an insight, or the answer. */
interface Grounded {
  insightId: string | null;
  facts: Readonly<Record<string, Fact>>;
  evidence: readonly Evidence[];
}

const deadlineMs = 120_000;

/**
 * Reads the kept tables again in a fresh session, runs every query of the report and computes every fact. Rejects with
 * `conflict` for a report that is not finished, and with `not_found` when its tables are gone.
 */
export async function verifyReport(
  report: InsightReport,
  context: InsightContext,
  tools: InsightTools,
): Promise<Verification> {
  if (report.status === 'running' || report.status === 'failed') {
    throw new AppError('conflict', { detail: told`Only a finished report can be verified.` });
  }
  const opened = await openTables(tools, report.datasets, { ...context, deadlineMs });
  await using session = opened.session;
  const runAgain = createRerun(session);
  const evidence: Verification['evidence'][number][] = [];
  const facts = { checked: 0, different: 0 };
  for (const part of groundedParts(report)) {
    const again: Evidence[] = [];
    for (const before of part.evidence) {
      const now = await runAgain(before);
      again.push(now);
      evidence.push({ insightId: part.insightId, id: before.id, identical: now.hash === before.hash, hash: now.hash });
    }
    const results = Object.values(part.facts).map((fact) => holds(fact, again));
    facts.checked += results.length;
    facts.different += results.filter((isSame) => !isSame).length;
  }
  const verified = facts.different === 0 && evidence.every(({ identical }) => identical);
  return { id: report.id, verified, evidence, facts };
}

function groundedParts({ insights, answer }: InsightReport): Grounded[] {
  const found = insights.map(({ id, facts, evidence }) => ({ insightId: id, facts, evidence }));
  return answer === null ? found : [...found, { insightId: null, facts: answer.facts, evidence: answer.evidence }];
}

/** Insights share evidence: a query that is the same is run once. */
function createRerun(session: DataSession): (evidence: Evidence) => Promise<Evidence> {
  const results = new Map<string, Promise<QueryResult>>();
  return async (evidence) => {
    const { sql, origin } = evidence;
    const key = `${origin} ${sql}`;
    const running = results.get(key) ?? (origin === 'llm' ? session.queryUntrusted(sql) : session.query(sql));
    results.set(key, running);
    const result = await running;
    return { ...evidence, result, hash: hashOf(result) };
  };
}

/** A fact that what the query gives now does not have is different too. */
function holds(fact: Fact, evidence: readonly Evidence[]): boolean {
  const of = evidence.find(({ id }) => id === fact.evidence);
  return of !== undefined && readFact(of, fact) === fact.value;
}
