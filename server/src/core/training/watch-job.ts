import type { Job } from '../../models/job.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import { hasEnded } from '../knowledge/ingestion/wait-for-job.ts';

/** The job as it is and after every change, without those that came while the consumer was busy but for the last. */
export async function* watchJob(
  jobs: JobQueue,
  job: Job,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<Job, void> {
  let latest: Job = job;
  let changed = wakeable();
  const stopWatching = jobs.watch(job.id, (now) => {
    latest = now;
    changed.wake();
  });
  const stop = (): void => changed.wake();
  signal.addEventListener('abort', stop, { once: true });
  try {
    // It may have changed before it was watched.
    latest = (await jobs.find(job.id)) ?? latest;
    for (;;) {
      const told = latest;
      yield told;
      if (hasEnded(told)) return;
      if (latest === told && !signal.aborted) await changed.promise;
      signal.throwIfAborted();
      changed = wakeable();
    }
  } finally {
    stopWatching();
    signal.removeEventListener('abort', stop);
  }
}

function wakeable(): { promise: Promise<void>; wake(): void } {
  let wake: (() => void) | null = null;
  const promise = new Promise<void>((resolve) => (wake = resolve));
  return { promise, wake: () => wake?.() };
}
