import type { Job } from '../../../models/job.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import type { JobQueue } from '../../../ports/job-queue.ts';
import type { SearchIndex } from '../../../ports/search-index.ts';
import { failRevision } from './ingest-documents.ts';
import { ingestionPayload, type RevisionRef } from './ingestion-job.ts';
import type { KeyedLock } from './keyed-lock.ts';
import { told } from '../../../errors/told.ts';

export interface CancelParts {
  documents: DocumentStore;
  jobs: JobQueue;
  index: SearchIndex;
  lock: KeyedLock;
}

/**
 * Cancels an ingestion job: what was read stays, the rest becomes `failed` with `job_cancelled`. Resolves to false when
 * the job had ended.
 */
export async function cancelIngestion(parts: CancelParts, job: Job): Promise<boolean> {
  if (!(await parts.jobs.cancel(job.id))) return false;
  for (const revision of ingestionPayload(job).documents) await giveUpReading(parts, revision);
  return true;
}

/** Ends a revision that a cancelled job left unread. */
export async function giveUpReading(
  { documents, index, lock }: Omit<CancelParts, 'jobs'>,
  { id, revision }: RevisionRef,
): Promise<void> {
  await lock.hold([id], async () => {
    const document = await documents.find(id);
    if (document?.status !== 'processing') return;
    await failRevision(
      documents,
      { id, revision },
      { code: 'job_cancelled', told: told`Send it again to have it read.` },
    );
    // A crash may have come between the index and the record.
    if (document.revision === 0) await index.deleteDocument(id);
  });
}
