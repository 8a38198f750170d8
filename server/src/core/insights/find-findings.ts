import { isAppError } from '../../errors/app-error.ts';
import { insightTypes, type Finding, type InsightReport, type TableProfile } from '../../models/insight.ts';
import type { DataWarning } from '../../models/table.ts';
import type { DataSession } from '../../ports/data-engine.ts';
import { detectors } from './detectors/index.ts';
import type { InsightOptions } from './insight-request.ts';
import type { Candidate } from './investigation.ts';
import type { QuestionFocus } from './questions/question-answerer.ts';
import { selectFindings } from './select-findings.ts';

export interface FindRequest {
  session: Pick<DataSession, 'query'>;
  tables: readonly TableProfile[];
  warnings: readonly DataWarning[];
  /** Today. */
  now: Date;
  options: InsightOptions;
  /** What the question is about. */
  focus: QuestionFocus | null;
}

export interface FindLimits {
  /** Aborts when whoever asks has left. */
  signal: AbortSignal;
  /** Aborts when the time for looking is over: what was found by then is told. */
  budget: AbortSignal;
  onError: (error: unknown) => void;
}

export interface Found {
  findings: readonly Finding[];
  rejected: InsightReport['rejected'];
  /** Whether the time was over before everything was looked at. */
  isPartial: boolean;
}

/** Has every detector look at every table, and chooses what is told, of what the question is about first. */
export async function findFindings(
  { session, tables, warnings, now, options, focus }: FindRequest,
  { signal, budget, onError }: FindLimits,
): Promise<Found> {
  const types = new Set(options.types ?? insightTypes);
  const candidates: Candidate[] = [];
  let hasFailed = false;
  for (const { table, detect } of tables.flatMap((each) =>
    detectors.map((detector) => ({ table: each, detect: detector })),
  )) {
    signal.throwIfAborted();
    if (budget.aborted) break;
    try {
      candidates.push(...(await detect({ session, table, warnings, now, types, signal: budget })));
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error, 'sql_failed')) throw error;
      // One kind of thing is not looked for in a table that nobody foresaw: the others are still true.
      onError(error);
      hasFailed = true;
    }
  }
  const { findings, rejected } = await selectFindings(candidates, { q: options.q, limit: options.maxInsights, focus });
  return { findings, rejected, isPartial: budget.aborted || hasFailed };
}
