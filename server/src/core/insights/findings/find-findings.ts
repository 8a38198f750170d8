import { isAppError } from '../../../errors/app-error.ts';
import { insightTypes, type Finding, type InsightReport, type TableProfile } from '../../../models/insight.ts';
import type { DataWarning } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import { investigate as lookAt } from '../detectors/detectors.ts';
import type { InsightOptions } from '../insight-request.ts';
import type { Candidate } from './investigation.ts';
import type { QuestionFocus } from '../questions/question-answerer.ts';
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
  /** Whether not everything was looked at. */
  isPartial: boolean;
}

/** Has every detector look at every table, and chooses what is told, of what the question is about first. */
export async function findFindings(request: FindRequest, limits: FindLimits): Promise<Found> {
  const { tables, options, focus } = request;
  const candidates: Candidate[] = [];
  let isPartial = false;
  for (const table of tables) {
    const looked = await lookAtTable(table, request, limits);
    candidates.push(...looked.candidates);
    isPartial ||= !looked.isComplete;
  }
  const { q, maxInsights } = options;
  const { findings, rejected } = await selectFindings(candidates, { q, maxInsights, focus: focus ?? undefined });
  return { findings, rejected, isPartial };
}

async function lookAtTable(
  table: TableProfile,
  { session, warnings, now, options }: FindRequest,
  { signal, budget, onError }: FindLimits,
): ReturnType<typeof lookAt> {
  const types = new Set(options.types ?? insightTypes);
  try {
    const looked = await lookAt({ session, table, warnings, now, types, signal: budget });
    signal.throwIfAborted();
    return looked;
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error, 'sql_failed')) throw error;
    // Nothing is found in a table that nobody foresaw: what is found in the others is still true.
    onError(error);
    return { candidates: [], isComplete: false };
  }
}
