import { expect } from 'vitest';
import type { Job } from '../../src/models/job.ts';
import type { JobQueue, NewJob } from '../../src/ports/job-queue.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { told } from '../../src/errors/told.ts';
import { eventually } from '../support/eventually.ts';

export interface JobQueueHarness {
  deviations?: readonly Deviation[];
  /** A new, empty queue; every `open` is another client of it. */
  newBackend(): Promise<AsyncDisposable & { open(): Promise<JobQueue> }>;
  passTime(milliseconds: number): void;
}

export const leaseMs = 10_000;
export const newJob = (change: Partial<NewJob> = {}): NewJob => ({
  kind: 'ingest',
  ownerId: 'usr_1',
  payload: { documents: [{ id: 'doc_1' }] },
  total: 4,
  ...change,
});
export const progress = (done: number): Job['progress'] => ({
  done,
  total: 4,
  step: 'doc_1',
  checkpoint: { inFlight: ['doc_1'] },
});

export const jobQueueContract = defineContract<JobQueueHarness>('job queue', (it, harness) => {
  it('gives back what was queued', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const job = await queue.enqueue(newJob());
    expect(job).toMatchObject({
      kind: 'ingest',
      ownerId: 'usr_1',
      status: 'queued',
      attempts: 0,
      error: null,
      result: null,
      payload: { documents: [{ id: 'doc_1' }] },
      progress: {
        done: 0,
        total: 4,
        step: null,
        checkpoint: {},
      },
    });
    expect(await queue.find(job.id)).toEqual(job);
    expect(await queue.find('job_none')).toBeUndefined();
  });

  it('gives each job to one of twenty claimers of two clients', async () => {
    await using backend = await harness.newBackend();
    await using first = await backend.open();
    await using second = await backend.open();
    const jobs = [await first.enqueue(newJob()), await second.enqueue(newJob())];
    const claimed = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? first : second).claim(['ingest'], leaseMs)),
    );
    const won = claimed.filter((job) => job !== undefined);
    expect(won.map(({ id }) => id).toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
    expect(won.every(({ status, attempts }) => status === 'running' && attempts === 1)).toBe(true);
  });

  it('gives the oldest first, and only the kinds asked for', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const training = await queue.enqueue(newJob({ kind: 'train' }));
    harness.passTime(1);
    const older = await queue.enqueue(newJob());
    harness.passTime(1);
    const newer = await queue.enqueue(newJob());
    const claims = [];
    for (const kinds of [['ingest'], ['ingest', 'embed'], ['ingest'], ['train']] as const) {
      claims.push((await queue.claim(kinds, leaseMs))?.id);
    }
    expect(claims).toEqual([older.id, newer.id, undefined, training.id]);
  });

  it('gives only the job of an id, if it can be claimed', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const older = await queue.enqueue(newJob());
    harness.passTime(1);
    const { id } = await queue.enqueue(newJob());
    expect(await queue.claim(['ingest'], leaseMs, 'job_none')).toBeUndefined();
    expect(await queue.claim(['train'], leaseMs, id)).toBeUndefined();
    expect(await queue.claim(['ingest'], leaseMs, id)).toMatchObject({ id, attempts: 1 });
    expect(await queue.claim(['ingest'], leaseMs, id)).toBeUndefined();
    harness.passTime(leaseMs);
    expect(await queue.claim(['ingest'], leaseMs, id)).toMatchObject({ id, attempts: 2 });
    expect(await queue.claim(['ingest'], leaseMs)).toMatchObject({ id: older.id });
  });

  it('gives a job again when its lease ended, and then the first claimer has lost it', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const { id } = await queue.enqueue(newJob());
    const first = (await queue.claim(['ingest'], leaseMs))!;
    expect(await queue.report(first, progress(1), leaseMs)).toBe(true);
    harness.passTime(leaseMs - 1);
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
    harness.passTime(1);
    const second = await queue.claim(['ingest'], leaseMs);
    expect(second).toMatchObject({ id, attempts: 2, progress: progress(1) });
    expect(await queue.report(first, progress(2), leaseMs)).toBe(false);
    await queue.finish(first, { status: 'succeeded', result: {} });
    expect(await queue.find(id)).toMatchObject({ status: 'running', progress: progress(1) });
    expect(await queue.report(second!, progress(3), leaseMs)).toBe(true);
  });

  it('keeps a job claimed as long as its lease is renewed', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    await queue.enqueue(newJob());
    const job = (await queue.claim(['ingest'], leaseMs))!;
    for (let done = 1; done <= 3; done += 1) {
      harness.passTime(leaseMs - 1);
      expect(await queue.report(job, progress(done), leaseMs)).toBe(true);
    }
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
  });

  it('ends a job once', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    await queue.enqueue(newJob());
    const job = (await queue.claim(['ingest'], leaseMs))!;
    await queue.finish(job, { status: 'succeeded', result: { ready: 4 } });
    await queue.finish(job, { status: 'failed', error: { code: 'internal', detail: null } });
    expect(await queue.find(job.id)).toMatchObject({ status: 'succeeded', result: { ready: 4 }, error: null });
    expect(await queue.cancel(job.id)).toBe(false);
    expect(await queue.report(job, progress(1), leaseMs)).toBe(false);
    harness.passTime(leaseMs);
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
  });

  it('keeps the reason of a failure', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    await queue.enqueue(newJob());
    const job = (await queue.claim(['ingest'], leaseMs))!;
    const detail = told`Free ${3} GB of ${told`the disk`} "${'{0}'}".`;
    await queue.finish(job, { status: 'failed', error: { code: 'disk_full', detail } });
    expect(await queue.find(job.id)).toMatchObject({
      status: 'failed',
      error: { code: 'disk_full', detail },
    });
  });

  it('takes a job back and gives it to the next claimer at once', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    await queue.enqueue(newJob());
    const job = (await queue.claim(['ingest'], leaseMs))!;
    await queue.report(job, progress(2), leaseMs);
    await queue.finish(job, { status: 'queued' });
    expect(await queue.claim(['ingest'], leaseMs)).toMatchObject({ id: job.id, attempts: 2, progress: { done: 2 } });
  });

  it('cancels a waiting and a running job, whose worker is then told to stop', async () => {
    await using backend = await harness.newBackend();
    await using worker = await backend.open();
    await using user = await backend.open();
    const running = await user.enqueue(newJob());
    const claimed = (await worker.claim(['ingest'], leaseMs))!;
    harness.passTime(1);
    const waiting = await user.enqueue(newJob());
    expect(await user.cancel(running.id)).toBe(true);
    expect(await user.cancel(waiting.id)).toBe(true);
    expect(await user.cancel(waiting.id)).toBe(false);
    expect(await user.cancel('job_none')).toBe(false);
    expect(await worker.report(claimed, progress(1), leaseMs)).toBe(false);
    await worker.finish(claimed, { status: 'succeeded', result: {} });
    harness.passTime(leaseMs);
    expect(await worker.claim(['ingest'], leaseMs)).toBeUndefined();
    expect(await user.find(running.id)).toMatchObject({ status: 'cancelled' });
  });

  it('keeps jobs when it is opened again', async () => {
    await using backend = await harness.newBackend();
    const before = await backend.open();
    const { id } = await before.enqueue(newJob());
    const claimed = (await before.claim(['ingest'], leaseMs))!;
    await before.report(claimed, progress(3), leaseMs);
    const stored = await before.find(id);
    await before[Symbol.asyncDispose]();
    await using after = await backend.open();
    expect(await after.find(id)).toEqual(stored);
    harness.passTime(leaseMs);
    expect(await after.claim(['ingest'], leaseMs)).toMatchObject({ id, progress: progress(3) });
  });

  it('lists page by page, newest first, by owner and kind', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const ids = [];
    for (const change of [{}, { kind: 'train' as const }, { ownerId: 'usr_2' }, { kind: 'embed' as const }]) {
      harness.passTime(1);
      ids.push((await queue.enqueue(newJob(change))).id);
    }
    const [mine, training, theirs] = ids;
    const kinds = ['ingest', 'train'] as const;
    const all = await queue.list({ kinds, state: 'any', ownerId: null }, { limit: 2, after: null });
    expect(all.items.map(({ id }) => id)).toEqual([theirs, training]);
    const rest = await queue.list({ kinds, state: 'any', ownerId: null }, { limit: 2, after: all.next });
    expect(rest).toMatchObject({ items: [{ id: mine }], next: null });
    const own = await queue.list({ kinds, state: 'any', ownerId: 'usr_1' }, { limit: 9, after: null });
    expect(own.items.map(({ id }) => id)).toEqual([training, mine]);
    await queue.cancel(mine!);
    const live = await queue.list({ kinds, state: 'live', ownerId: 'usr_1' }, { limit: 9, after: null });
    expect(live.items.map(({ id }) => id)).toEqual([training]);
    await expect(queue.list({ kinds, state: 'any', ownerId: null }, { limit: 1, after: 'W10' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('tells whoever watches of changes by any client', async () => {
    await using backend = await harness.newBackend();
    await using worker = await backend.open();
    await using user = await backend.open();
    const { id } = await user.enqueue(newJob());
    const seen: Record<'worker' | 'user', string[]> = { worker: [], user: [] };
    const stops = [
      worker.watch(id, (job) => void seen.worker.push(`${job.status} ${job.progress.done}`)),
      user.watch(id, (job) => void seen.user.push(`${job.status} ${job.progress.done}`)),
    ];
    const claimed = (await worker.claim(['ingest'], leaseMs))!;
    await worker.report(claimed, progress(2), leaseMs);
    await worker.finish(claimed, { status: 'succeeded', result: {} });
    await eventually(() => {
      expect(seen.worker.at(-1)).toBe('succeeded 2');
      expect(seen.user.at(-1)).toBe('succeeded 2');
    });
    for (const stop of stops) stop();
    for (const stop of stops) stop();
  });

  it('tells nothing more after watching was stopped', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const { id } = await queue.enqueue(newJob());
    const seen: string[] = [];
    queue.watch(id, ({ status }) => void seen.push(status))();
    await queue.cancel(id);
    expect(seen).toEqual([]);
  });

  it('may be closed twice', async () => {
    await using backend = await harness.newBackend();
    const queue = await backend.open();
    await queue[Symbol.asyncDispose]();
    await queue[Symbol.asyncDispose]();
  });
});
