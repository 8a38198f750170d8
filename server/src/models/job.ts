import type { Failure } from '../errors/failure.ts';

export type JobKind = 'ingest' | 'train' | 'embed' | 'insight';
/**
 * `paused` waits for somebody to say that it goes on; `rejected` ended with something that is not good enough to be
 * used. What a running job is at is its `progress.step`.
 */
export type JobStatus = 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled' | 'rejected';

export interface Job {
  id: string;
  kind: JobKind;
  ownerId: string;
  status: JobStatus;
  /** What to do; small, JSON, no secrets. */
  payload: Readonly<Record<string, unknown>>;
  progress: JobProgress;
  /** How many times it was started; a job whose process died is started again. */
  attempts: number;
  error: Failure | null;
  result: Readonly<Record<string, unknown>> | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface JobProgress {
  done: number;
  total: number;
  /** What is being done now: a document id, or a `TrainingPhase`. */
  step: string | null;
  /** Numbers for whoever watches, by their names, such as the loss of a training. */
  figures?: Readonly<Record<string, number>>;
  /** What whoever takes the job over after a crash must know; small, JSON. */
  checkpoint: Readonly<Record<string, unknown>>;
}
