import type { Job, JobProgress } from '../../models/job.ts';
import type { JobQueue } from '../../ports/job-queue.ts';

/** After a crash another worker waits so long before it goes on with the job. */
export const leaseMs = 10_000;
const heartbeatMs = 2_500;

/** A claimed job, whose lease is renewed until it is let go. */
export interface HeldJob {
  readonly job: Job;
  /** Aborts when the worker is to stop, or the job was cancelled, paused or taken over. */
  readonly signal: AbortSignal;
  /** Whether it was cancelled, paused or taken over. */
  readonly isLost: boolean;
  /** As it was reported last. */
  readonly progress: JobProgress;
  /** Tells how far it is; rejects with the reason of the signal when the job is not this worker's any more. */
  report(change: Partial<JobProgress>): Promise<void>;
  release(): void;
}

/** Holds a job that was just claimed. */
export function holdJob(jobs: JobQueue, job: Job, { signal }: { signal: AbortSignal }): HeldJob {
  const lost = new AbortController();
  const held = AbortSignal.any([signal, lost.signal]);
  let { progress } = job;
  const lose = (): void => lost.abort(new Error('the job was cancelled, paused or taken over'));
  const renew = async (): Promise<void> => {
    if (!(await jobs.report(job, progress, leaseMs))) lose();
  };
  // A lease that could not be renewed now is renewed by the next beat, or it ends and the job is lost.
  const heartbeat = setInterval(() => void renew().catch(() => undefined), heartbeatMs);
  const stopWatching = jobs.watch(job.id, ({ status, attempts }) => {
    if (status !== 'running' || attempts !== job.attempts) lose();
  });
  return {
    job,
    signal: held,
    get isLost() {
      return lost.signal.aborted;
    },
    get progress() {
      return progress;
    },
    async report(change) {
      held.throwIfAborted();
      progress = { ...progress, ...change };
      await renew();
      held.throwIfAborted();
    },
    release() {
      clearInterval(heartbeat);
      stopWatching();
    },
  };
}
