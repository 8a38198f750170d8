import { isAppError } from '../../../errors/app-error.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { InsightReport } from '../../../models/insight.ts';
import type { Job } from '../../../models/job.ts';
import type { JobOutcome } from '../../../ports/job-queue.ts';
import { pause } from '../../knowledge/ingestion/pause.ts';
import { holdJob } from '../../training/held-job.ts';
import { insightPayload } from './insight-job.ts';
import type { InsightTools } from '../insight-ports.ts';
import { investigate } from '../report/investigate.ts';

/** What may go by itself: the job is tried again, after a pause. */
const passing: ReadonlySet<ErrorCode> = new Set(['part_unavailable', 'overloaded', 'shutting_down']);
const mostAttempts = 5;
const retryPauseMs = 1_000;

/**
 * Runs one claimed job to its end, which the report tells. It begins anew when its worker died; when the signal aborts it
 * goes back to the queue; a report that was removed meanwhile is not brought back.
 */
export async function runInsightJob(tools: InsightTools, job: Job, { signal }: { signal: AbortSignal }): Promise<void> {
  const { reportId } = insightPayload(job);
  const report = await tools.insightReports.find(reportId, tools.now());
  if (report?.status !== 'running') {
    await tools.jobs.finish(job, { status: 'succeeded', result: { report: reportId } });
    return;
  }
  const held = holdJob(tools.jobs, job, { signal });
  try {
    const outcome = await work(tools, { job, report, signal: held.signal }).catch((error: unknown) =>
      outcomeOf(tools, { job, report, error, signal: held.signal }),
    );
    if (!held.isLost) await tools.jobs.finish(job, outcome);
  } finally {
    held.release();
  }
}

interface Work {
  job: Job;
  report: InsightReport;
  signal: AbortSignal;
}

async function work(tools: InsightTools, { job, report, signal }: Work): Promise<JobOutcome> {
  const { request, principal } = insightPayload(job);
  const { id, createdAt, expiresAt } = report;
  for await (const part of investigate({ id, request }, { principal, signal }, tools)) {
    if (part.type !== 'done') continue;
    await replace(tools, { ...part.report, createdAt, expiresAt });
    return { status: 'succeeded', result: { report: id } };
  }
  throw new Error('an investigation ended without its report');
}

/** One that was removed meanwhile stays away. */
async function replace({ insightReports, now }: InsightTools, report: InsightReport): Promise<void> {
  if ((await insightReports.find(report.id, now())) !== undefined) await insightReports.put(report);
}

interface Failure extends Work {
  error: unknown;
}

async function outcomeOf(tools: InsightTools, { job, report, error, signal }: Failure): Promise<JobOutcome> {
  if (signal.aborted) return { status: 'queued' };
  if (isAppError(error) && passing.has(error.code) && job.attempts < mostAttempts) {
    await pause(retryPauseMs * job.attempts, signal);
    return { status: 'queued' };
  }
  if (!isAppError(error)) tools.onError(error);
  const failure = isAppError(error)
    ? { code: error.code, detail: error.told ?? null }
    : { code: 'internal' as const, detail: null };
  await replace(tools, { ...report, status: 'failed', error: failure });
  return { status: 'failed', error: failure };
}
