import type { JobQueue } from '../../ports/job-queue.ts';
import { hasEnded, waitForJob } from '../knowledge/ingestion/wait-for-job.ts';

const lookAgainMs = 60_000;

/** What became of the documents that came with the examples, when the job that reads them has ended; null for none. */
export async function documentsResult(
  jobs: JobQueue,
  ingestion: string | null,
  { signal }: { signal: AbortSignal },
): Promise<Readonly<Record<string, unknown>> | null> {
  if (ingestion === null) return null;
  for (;;) {
    signal.throwIfAborted();
    await waitForJob(jobs, ingestion, { waitMs: lookAgainMs, signal });
    const job = await jobs.find(ingestion);
    if (job === undefined || hasEnded(job)) return { job: ingestion, ...job?.result, error: job?.error ?? null };
  }
}
