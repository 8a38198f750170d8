import type { Job } from '../../models/job.ts';
import type { DocumentStore } from '../../ports/document-store.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import { failRevision } from './ingest-documents.ts';
import { ingestionPayload } from './ingestion-job.ts';
import type { KeyedLock } from './keyed-lock.ts';
import { hasEnded } from './wait-for-job.ts';

export interface CancelParts {
  documents: DocumentStore;
  jobs: JobQueue;
  index: SearchIndex;
  lock: KeyedLock;
}

/**
 * Cancels an ingestion job: what was read stays, the rest becomes `failed` with `job_cancelled`. Resolves to false when
 * the job had ended. The documents go first, so that a crash in between leaves nothing that would be read after all.
 */
export async function cancelIngestion({ documents, jobs, index, lock }: CancelParts, job: Job): Promise<boolean> {
  if (hasEnded(job)) return false;
  for (const revision of ingestionPayload(job).documents) {
    await lock.hold([revision.id], async () => {
      const document = await documents.find(revision.id);
      if (document?.status !== 'processing') return;
      await failRevision(documents, revision, { code: 'job_cancelled', detail: 'Send the file again to read it.' });
      // A crash may have come between the index and the record.
      if (document.revision === 0) await index.deleteDocument(document.id);
    });
  }
  return jobs.cancel(job.id);
}
