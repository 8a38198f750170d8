import type { Job, JobKind, JobProgress } from '../models/job.ts';
import type { Page, PageRequest } from '../models/page.ts';

/**
 * Durable work. A job is run at least once: a job whose worker died is claimed again when its lease ends, so what it
 * does must bear repetition.
 */
export interface JobQueue {
  /** Durable when it resolves. */
  enqueue(job: NewJob): Promise<Job>;
  /** Takes the oldest waiting job of these kinds, or one whose lease ended, for `leaseMs`; exactly one claimer gets it. */
  claim(kinds: readonly JobKind[], leaseMs: number): Promise<Job | undefined>;
  /** Renews the lease; resolves to false when the job was cancelled or taken over: then stop. */
  report(id: string, progress: JobProgress, leaseMs: number): Promise<boolean>;
  /** Ends the job; ignored when it has ended already. */
  finish(id: string, outcome: JobOutcome): Promise<void>;
  /** Ends a queued or running job as `cancelled`; false when it had ended already. */
  cancel(id: string): Promise<boolean>;
  find(id: string): Promise<Job | undefined>;
  /** Newest first. */
  list(filter: { kind: JobKind; ownerId: string | null }, page: PageRequest): Promise<Page<Job>>;
  /** Calls back soon after any change of the job; returns the way to stop. */
  watch(id: string, changed: (job: Job) => void): () => void;
}

export interface NewJob {
  kind: JobKind;
  ownerId: string;
  payload: Readonly<Record<string, unknown>>;
  total: number;
}

export type JobOutcome =
  | { status: 'succeeded'; result: Readonly<Record<string, unknown>> }
  | { status: 'failed'; error: NonNullable<Job['error']> };
