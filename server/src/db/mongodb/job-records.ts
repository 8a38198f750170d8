import type { Job, JobKind, JobStatus } from '../../models/job.ts';
import { newId } from '../../models/new-id.ts';
import type { JobOutcome, NewJob } from '../../ports/job-queue.ts';
import { failureOf, type KeptFailure } from '../../errors/failure.ts';

/** What a job carries is kept as JSON: the names in it may be any, also those that MongoDB reads as its own. */
export interface JobRecord {
  _id: string;
  kind: JobKind;
  ownerId: string;
  status: JobStatus;
  payload: string;
  progress: Omit<Job['progress'], 'checkpoint'> & { checkpoint: string };
  attempts: number;
  /** Until when the claim holds; null while nobody holds it. */
  leaseUntil: Date | null;
  error: KeptFailure | null;
  result: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export function newRecord({ kind, ownerId, payload, total }: NewJob, at: Date): JobRecord {
  return {
    _id: newId('job'),
    kind,
    ownerId,
    status: 'queued',
    payload: JSON.stringify(payload),
    progress: { done: 0, total, step: null, checkpoint: '{}' },
    attempts: 0,
    leaseUntil: null,
    error: null,
    result: null,
    createdAt: at,
    updatedAt: at,
  };
}

export function jobOf({ _id, payload, progress, result, ...record }: JobRecord): Job {
  const { kind, ownerId, status, attempts, error, createdAt, updatedAt } = record;
  return {
    id: _id,
    kind,
    ownerId,
    status,
    payload: JSON.parse(payload) as Job['payload'],
    progress: { ...progress, checkpoint: JSON.parse(progress.checkpoint) as Job['progress']['checkpoint'] },
    attempts,
    error: error && failureOf(error),
    result: result === null ? null : (JSON.parse(result) as Job['result']),
    createdAt,
    updatedAt,
  };
}

export function jobRecord({ id, payload, progress, result, ...job }: Job, leaseUntil: Date | null): JobRecord {
  return {
    ...job,
    _id: id,
    payload: JSON.stringify(payload),
    progress: { ...progress, checkpoint: JSON.stringify(progress.checkpoint) },
    leaseUntil,
    result: result && JSON.stringify(result),
  };
}

export function outcomeFields(outcome: JobOutcome): Pick<JobRecord, 'status' | 'error' | 'result'> {
  return {
    status: outcome.status,
    error: outcome.status === 'failed' ? outcome.error : null,
    result: 'result' in outcome ? JSON.stringify(outcome.result) : null,
  };
}
