import type { Job } from '../../../models/job.ts';
import type { Principal } from '../../../models/principal.ts';
import type { NewJob } from '../../../ports/job-queue.ts';
import type { Failure } from '../../../errors/failure.ts';

export interface RevisionRef {
  id: string;
  revision: number;
}

/** The payload of an ingestion job: revisions that are stored, and are now to be read and indexed. */
export interface IngestionPayload {
  collections: readonly string[];
  documents: readonly RevisionRef[];
}

export interface IngestionResult {
  ready: number;
  failed: number;
  /** The first of those that failed. */
  failures: readonly (Failure<string> & { document: string })[];
}

export function ingestionJob(ownerId: string, payload: IngestionPayload): NewJob {
  return { kind: 'ingest', ownerId, payload: { ...payload }, total: payload.documents.length };
}

export function ingestionPayload(job: Pick<Job, 'payload'>): IngestionPayload {
  const { collections = [], documents = [] } = job.payload as Partial<IngestionPayload>;
  return { collections, documents };
}

/** Administrators see every job, others their own; a key sees those of its collections. */
export function maySeeJob(principal: Principal, job: Job): boolean {
  if (principal.role !== 'admin' && job.ownerId !== principal.userId) return false;
  const { collections } = principal;
  return collections === null || ingestionPayload(job).collections.every((name) => collections.includes(name));
}
