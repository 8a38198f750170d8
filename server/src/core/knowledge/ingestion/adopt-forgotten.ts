import type { Document } from '../../../models/document.ts';
import type { Job } from '../../../models/job.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import type { JobQuery, JobQueue } from '../../../ports/job-queue.ts';
import { allPages } from '../all-pages.ts';
import { giveUpReading, type CancelParts } from './cancel-ingestion.ts';
import { ingestionJob, ingestionPayload } from './ingestion-job.ts';

/**
 * Finds documents that a crash left unread without a job that would read them: those of an upload that was cut get a
 * job now, those of a job that was being cancelled are given up.
 * @param notSince those that changed since then may be of an upload that another service is taking right now
 */
export async function adoptForgotten(parts: CancelParts, { notSince }: { notSince: Date }): Promise<void> {
  const { jobs } = parts;
  const forgotten = await findUnread(parts.documents, notSince);
  if (forgotten.size > 0) await forEachRevision(jobs, 'live', (key) => void forgotten.delete(key));
  if (forgotten.size > 0) {
    await forEachRevision(jobs, 'any', async (key, { status }) => {
      const document = status === 'cancelled' ? forgotten.get(key) : undefined;
      if (document === undefined) return;
      forgotten.delete(key);
      await giveUpReading(parts, { id: document.id, revision: document.latestRevision });
    });
  }
  for (const [ownerId, documents] of byOwner([...forgotten.values()])) {
    const collections = [...new Set(documents.map(({ collection }) => collection))];
    const revisions = documents.map(({ id, latestRevision }) => ({ id, revision: latestRevision }));
    await jobs.enqueue(ingestionJob(ownerId, { collections, documents: revisions }));
  }
}

const keyOf = (id: string, revision: number): string => `${id}:${revision}`;

async function findUnread(documents: DocumentStore, notSince: Date): Promise<Map<string, Document>> {
  const query = { filter: { collections: null, readers: null }, status: 'processing' } as const;
  const unread = new Map<string, Document>();
  for await (const document of allPages((page) => documents.list(query, page))) {
    if (document.updatedAt <= notSince) unread.set(keyOf(document.id, document.latestRevision), document);
  }
  return unread;
}

async function forEachRevision(
  jobs: JobQueue,
  state: JobQuery['state'],
  visit: (key: string, job: Job) => void | Promise<void>,
): Promise<void> {
  for await (const job of allPages((page) => jobs.list({ kinds: ['ingest'], state, ownerId: null }, page))) {
    for (const { id, revision } of ingestionPayload(job).documents) await visit(keyOf(id, revision), job);
  }
}

function byOwner(documents: readonly Document[]): Map<string, Document[]> {
  const owned = new Map<string, Document[]>();
  for (const document of documents) owned.set(document.ownerId, [...(owned.get(document.ownerId) ?? []), document]);
  return owned;
}
