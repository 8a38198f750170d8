import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Job, JobKind } from '../../models/job.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import { maySeeJob } from '../knowledge/ingestion/ingestion-job.ts';
import type { WaitOptions } from '../knowledge/adding/added-documents.ts';
import { hasEnded, waitForJob } from '../knowledge/ingestion/wait-for-job.ts';
import { acceptTraining, type AcceptParts, type TrainingItem } from './accept-training.ts';
import { takeBack, takeBackVersions } from './take-back.ts';
import { createTrainingLoop } from './training-loop.ts';
import type { TrainingParts } from './training-parts.ts';
import { trainingPayload, trainingResult } from './training-job.ts';
import type { PublishOptions, ShownVersion, Versions } from './versions.ts';
import { watchJob } from './watch-job.ts';

/**
 * Teaches the service, and tells how far it is. Jobs of somebody else, or of collections that the key does not have,
 * are `not_found`.
 */
export interface Training {
  readonly maxFileBytes: number;
  /**
   * Adds the documents, and has a model learn from the examples, with one job that tells of both; waits for its end as
   * long as asked. Rejects, and stores nothing, with `invalid_request` for what is wrong with the examples, and with
   * `trainer_unavailable`, `model_unknown`, `model_unavailable` and `forbidden` for the model that is to learn.
   */
  train(principal: Principal, items: AsyncIterable<TrainingItem>, wait: WaitOptions): Promise<Job>;
  get(principal: Principal, id: string): Promise<Job>;
  /** Newest first, of one kind or all; a page may be shorter than asked for when jobs on it may not be seen. */
  list(principal: Principal, page: PageRequest & { kind?: JobKind | undefined }): Promise<Page<Job>>;
  /** The job now and after every change; ends when the job has ended, or the signal aborts. */
  watch(principal: Principal, id: string, options: { signal: AbortSignal }): AsyncIterable<Job>;
  /** Nothing of a training stays. Rejects with `conflict` when the job has ended already. */
  cancel(principal: Principal, id: string): Promise<Job>;
  /** Until it is resumed; what was trained is kept. Rejects with `conflict` for a job that is not a training under way. */
  pause(principal: Principal, id: string): Promise<Job>;
  /** Rejects with `conflict` for a job that is not paused. */
  resume(principal: Principal, id: string): Promise<Job>;
  /** Lets what the job made answer, as `Versions` does. Rejects with `conflict` while it has made nothing. */
  publish(principal: Principal, id: string, options: PublishOptions): Promise<ShownVersion>;
  /** Trains what was asked for, here or by a process before; resolves after the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export type TrainingPorts = TrainingParts & AcceptParts & { published: Pick<Versions, 'publish'> };

const kinds: readonly JobKind[] = ['ingest', 'train'];

export function createTraining(ports: TrainingPorts): Training {
  const { knowledge, jobs, published } = ports;
  const loop = createTrainingLoop(ports);

  const get = async (principal: Principal, id: string): Promise<Job> => {
    const job = await jobs.find(id);
    if (job === undefined || !kinds.includes(job.kind) || !maySeeJob(principal, job)) throw new AppError('not_found');
    assertScope(principal, job.kind);
    return job;
  };

  return {
    maxFileBytes: knowledge.maxFileBytes,
    async train(principal, items, wait) {
      const job = await acceptTraining(ports, principal, items);
      if (job.kind === 'train') loop.wake();
      await waitForJob(jobs, job.id, wait);
      return (await jobs.find(job.id)) ?? job;
    },
    get,
    async list(principal, { kind, ...page }) {
      assertScope(principal, kind ?? 'ingest');
      const visible = principal.scopes.includes('train') ? kinds : (['ingest'] as const);
      const seen = visible.filter((each) => kind === undefined || each === kind);
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
      const cancelled = job.kind === 'ingest' ? await knowledge.cancelIngestion(job) : await cancelTraining(ports, job);
      if (!cancelled) throw new AppError('conflict', { detail: told`The job has ended already.` });
      return get(principal, id);
    },
    async pause(principal, id) {
      const job = await get(principal, id);
      if (job.kind === 'train' && (await jobs.pause(id))) return get(principal, id);
      throw new AppError('conflict', { detail: told`Only a training that is queued or under way can be paused.` });
    },
    async resume(principal, id) {
      await get(principal, id);
      if (!(await jobs.resume(id))) throw new AppError('conflict', { detail: told`The job is not paused.` });
      loop.wake();
      return get(principal, id);
    },
    async publish(principal, id, options) {
      const result = trainingResult(await get(principal, id));
      if (result !== undefined) return published.publish(principal, result.version, options);
      throw new AppError('conflict', { detail: told`This job has made nothing that could be published.` });
    },
    run: loop.run,
  };
}

/** Whoever works on it sees so and clears up; what answers must not depend on whether they live. */
async function cancelTraining(ports: TrainingPorts, job: Job): Promise<boolean> {
  const { jobs, knowledge } = ports;
  if (hasEnded(job) || !(await jobs.cancel(job.id))) return false;
  const ingestionId = trainingPayload(job).ingestion;
  const ingestion = ingestionId === null ? undefined : await jobs.find(ingestionId);
  if (ingestion !== undefined) await knowledge.cancelIngestion(ingestion);
  if (job.status === 'running') await takeBackVersions(ports, job);
  else await takeBack(ports, job);
  return true;
}

/** Whoever may add documents may follow what becomes of them; everything else is training. */
function assertScope(principal: Principal, kind: JobKind): void {
  if (principal.scopes.includes('train')) return;
  if (kind === 'ingest' && principal.scopes.includes('ingest')) return;
  throw new AppError('scope_missing', { detail: told`This token lacks the scope "train".` });
}
