import { AppError } from '../../errors/app-error.ts';
import type { Job, JobKind } from '../../models/job.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import { maySeeJob } from '../knowledge/ingestion-job.ts';
import type { WaitOptions } from '../knowledge/added-documents.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { DocumentUpload } from '../knowledge/upload.ts';
import { hasEnded } from '../knowledge/wait-for-job.ts';
import { watchJob } from './watch-job.ts';

/** What somebody trains with: documents become knowledge, examples become weights. */
export type TrainingItem = { type: 'document'; upload: DocumentUpload } | { type: 'examples'; count: number };

/**
 * Teaches the service, and tells how far it is. Jobs of somebody else, or of collections that the key does not have,
 * are `not_found`.
 */
export interface Training {
  readonly maxFileBytes: number;
  /**
   * Adds the documents with one job, and waits for its end as long as asked.
   * Rejects with `trainer_unavailable` as soon as examples come, and then nothing of the call was stored.
   */
  train(principal: Principal, items: AsyncIterable<TrainingItem>, wait: WaitOptions): Promise<Job>;
  get(principal: Principal, id: string): Promise<Job>;
  /** Newest first; a page may be shorter than asked for when jobs on it may not be seen. */
  list(principal: Principal, page: PageRequest): Promise<Page<Job>>;
  /** The job now and after every change; ends when the job has ended, or the signal aborts. */
  watch(principal: Principal, id: string, options: { signal: AbortSignal }): AsyncIterable<Job>;
  /** Rejects with `conflict` when the job has ended already. */
  cancel(principal: Principal, id: string): Promise<Job>;
}

const kinds: readonly JobKind[] = ['ingest', 'train'];

export function createTraining({ knowledge, jobs }: { knowledge: Knowledge; jobs: JobQueue }): Training {
  const get = async (principal: Principal, id: string): Promise<Job> => {
    const job = await jobs.find(id);
    if (job === undefined || !kinds.includes(job.kind) || !maySeeJob(principal, job)) throw new AppError('not_found');
    assertScope(principal, job.kind);
    return job;
  };

  return {
    maxFileBytes: knowledge.maxFileBytes,
    async train(principal, items, wait) {
      const { job } = await knowledge.addMany(principal, documentsAmong(items), wait);
      return job;
    },
    get,
    async list(principal, page) {
      assertScope(principal, 'ingest');
      const seen = principal.scopes.includes('train') ? kinds : (['ingest'] as const);
      const ownerId = principal.role === 'admin' ? null : principal.userId;
      const { items, next } = await jobs.list({ kinds: seen, state: 'any', ownerId }, page);
      return { items: items.filter((job) => maySeeJob(principal, job)), next };
    },
    async *watch(principal, id, { signal }) {
      const job = await get(principal, id);
      yield* watchJob(jobs, job, { signal });
    },
    async cancel(principal, id) {
      const job = await get(principal, id);
      const cancelled =
        !hasEnded(job) && (await (job.kind === 'ingest' ? knowledge.cancelIngestion(job) : jobs.cancel(id)));
      if (!cancelled) throw new AppError('conflict', { detail: 'The job has ended already.' });
      return get(principal, id);
    },
  };
}

/** Whoever may add documents may follow what becomes of them; everything else is training. */
function assertScope(principal: Principal, kind: JobKind): void {
  if (principal.scopes.includes('train')) return;
  if (kind === 'ingest' && principal.scopes.includes('ingest')) return;
  throw new AppError('scope_missing', { detail: 'This token lacks the scope "train".' });
}

async function* documentsAmong(items: AsyncIterable<TrainingItem>): AsyncGenerator<DocumentUpload> {
  for await (const item of items) {
    if (item.type === 'examples') {
      throw new AppError('trainer_unavailable', {
        detail: `The ${item.count} examples are well-formed, but this installation cannot train from them. Nothing of this call was stored: send its documents again without the examples.`,
      });
    }
    yield item.upload;
  }
}
