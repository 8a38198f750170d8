import type { Document } from '../../models/document.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { DocumentStore } from '../../ports/document-store.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import { ingestionJob, ingestionPayload } from './ingestion-job.ts';
import { runIngestionJob, type IngestionParts } from './ingestion.ts';
import { pause } from './pause.ts';

export interface IngestionLoop {
  /** Works on ingestion jobs until the signal aborts; resolves when what was begun is back in the queue. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks for work now instead of a little later. */
  wake(): void;
}

const leaseMs = 10_000;
/** How often work is looked for that another process queued or left behind. */
const idleMs = 1_000;
/** So a note is not kept waiting by a large folder. */
const jobsAtOnce = 3;

/** @param onError is told what went wrong outside of any document; the loop goes on. */
export function createIngestionLoop(parts: IngestionParts & { onError: (error: unknown) => void }): IngestionLoop {
  const sleepers = new Set<AbortController>();

  const sleep = async (signal: AbortSignal): Promise<void> => {
    const sleeper = new AbortController();
    sleepers.add(sleeper);
    await pause(idleMs, AbortSignal.any([signal, sleeper.signal]));
    sleepers.delete(sleeper);
  };
  const workOnce = async (signal: AbortSignal): Promise<boolean> => {
    try {
      const job = await parts.jobs.claim(['ingest'], leaseMs);
      if (job !== undefined) await runIngestionJob(parts, job, { signal });
      return job !== undefined;
    } catch (error) {
      parts.onError(error);
      return false;
    }
  };
  const lane = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) if (!(await workOnce(signal))) await sleep(signal);
  };

  return {
    async run(signal) {
      await queueForgotten(parts).catch(parts.onError);
      await Promise.all(Array.from({ length: jobsAtOnce }, () => lane(signal)));
    },
    wake() {
      for (const sleeper of sleepers) sleeper.abort();
    },
  };
}

/** Documents whose upload was cut by a crash: they are stored, but no job reads them. */
async function queueForgotten({ documents, jobs }: { documents: DocumentStore; jobs: JobQueue }): Promise<void> {
  const queued = new Set<string>();
  for await (const job of allPages((page) => jobs.list({ kinds: ['ingest'], state: 'live', ownerId: null }, page))) {
    for (const { id, revision } of ingestionPayload(job).documents) queued.add(`${id}:${revision}`);
  }
  const everything = { collections: null, readers: null };
  const forgotten = new Map<string, Document[]>();
  const processing = allPages((page) => documents.list({ filter: everything, status: 'processing' }, page));
  for await (const document of processing) {
    if (queued.has(`${document.id}:${document.latestRevision}`)) continue;
    forgotten.set(document.ownerId, [...(forgotten.get(document.ownerId) ?? []), document]);
  }
  for (const [ownerId, owned] of forgotten) {
    const collections = [...new Set(owned.map(({ collection }) => collection))];
    const revisions = owned.map(({ id, latestRevision }) => ({ id, revision: latestRevision }));
    await jobs.enqueue(ingestionJob(ownerId, { collections, documents: revisions }));
  }
}

async function* allPages<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: 100, after });
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
