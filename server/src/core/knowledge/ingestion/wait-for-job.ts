import type { Job } from '../../../models/job.ts';
import type { JobQueue } from '../../../ports/job-queue.ts';
import { pause } from './pause.ts';

export function hasEnded({ status }: Job): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'paused';
}

/** Resolves when the job has ended, or after `waitMs`, or when the signal aborts, whichever is first. */
export async function waitForJob(
  jobs: JobQueue,
  id: string,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<void> {
  if (waitMs <= 0) return;
  const ended = new AbortController();
  const look = (job: Job | undefined): void => {
    if (job === undefined || hasEnded(job)) ended.abort();
  };
  const stopWatching = jobs.watch(id, look);
  try {
    // It may have ended before it was watched.
    look(await jobs.find(id));
    await pause(waitMs, AbortSignal.any([signal, ended.signal]));
  } finally {
    stopWatching();
  }
}
