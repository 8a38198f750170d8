import type { Job, JobKind, JobProgress } from '../models/job.ts';
import type { Page, PageRequest } from '../models/page.ts';

/**
 * Durable work. A job is run at least once: a job whose worker died is claimed again when its lease ends, so what it
 * does must bear repetition.
 */
export interface JobQueue extends AsyncDisposable {
  /** Durable when it resolves. */
  enqueue(job: NewJob): Promise<Job>;
  /**
   * Takes the oldest waiting job of these kinds, or one whose lease ended, for `leaseMs`, and counts the attempt;
   * exactly one of many claimers gets it. With an id only that job.
   */
  claim(kinds: readonly JobKind[], leaseMs: number, id?: string): Promise<Job | undefined>;
  /** Renews the lease; resolves to false when the job was cancelled, paused or taken over: then stop. */
  report(claimed: ClaimedJob, progress: JobProgress, leaseMs: number): Promise<boolean>;
  /** Ends the job, or gives it back; ignored when it has ended already or was taken over. */
  finish(claimed: ClaimedJob, outcome: JobOutcome): Promise<void>;
  /** Ends a queued, running or paused job as `cancelled`; false when it had ended already. */
  cancel(id: string): Promise<boolean>;
  /** Takes a queued or running job from its worker, and nobody gets it until it is resumed; false for any other. */
  pause(id: string): Promise<boolean>;
  /** Lets a paused job wait to be claimed again, with the progress that it had; false for any other. */
  resume(id: string): Promise<boolean>;
  find(id: string): Promise<Job | undefined>;
  /** Newest first. Rejects with `invalid_request` for a cursor of another list. */
  list(query: JobQuery, page: PageRequest): Promise<Page<Job>>;
  /** Calls back soon after any change of the job, whoever made it; returns the way to stop. */
  watch(id: string, changed: (job: Job) => void): () => void;
}

export interface NewJob {
  kind: JobKind;
  ownerId: string;
  payload: Readonly<Record<string, unknown>>;
  total: number;
}

/** A job as `claim` gave it: the attempt tells it from a later claim of the same job. */
export type ClaimedJob = Pick<Job, 'id' | 'attempts'>;

export interface JobQuery {
  kinds: readonly JobKind[];
  /** `live`: only those that have not ended. */
  state: 'any' | 'live';
  /** null: anybody's. */
  ownerId: string | null;
}

export type JobOutcome =
  | { status: 'succeeded' | 'rejected'; result: Readonly<Record<string, unknown>> }
  | { status: 'failed'; error: NonNullable<Job['error']> }
  /** Not ended: it waits to be claimed again, at once. */
  | { status: 'queued' };
