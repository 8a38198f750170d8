import type { ErrorCode } from '../errors/catalogue.ts';

export type JobKind = 'ingest' | 'train' | 'embed';
export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

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
  error: { code: ErrorCode; detail: string | null } | null;
  result: Readonly<Record<string, unknown>> | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface JobProgress {
  done: number;
  total: number;
  /** What is being done now, e.g. a document id. */
  step: string | null;
  /** What whoever takes the job over after a crash must know; small, JSON. */
  checkpoint: Readonly<Record<string, unknown>>;
}
