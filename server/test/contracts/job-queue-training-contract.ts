import { expect } from 'vitest';
import { defineContract } from '../support/define-contract.ts';
import { leaseMs, newJob, progress, type JobQueueHarness } from './job-queue-contract.ts';

/** What training needs of a queue, beside what every job does. */
export const jobQueueTrainingContract = defineContract<JobQueueHarness>('job queue of trainings', (it, harness) => {
  it('ends a job as rejected, with its result', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    await queue.enqueue(newJob({ kind: 'train' }));
    const job = (await queue.claim(['train'], leaseMs))!;
    await queue.finish(job, { status: 'rejected', result: { version: 'ver_1' } });
    expect(await queue.find(job.id)).toMatchObject({ status: 'rejected', result: { version: 'ver_1' }, error: null });
    expect(await queue.cancel(job.id)).toBe(false);
    expect(await queue.pause(job.id)).toBe(false);
  });

  it('keeps the figures of a job', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    await queue.enqueue(newJob());
    const job = (await queue.claim(['ingest'], leaseMs))!;
    const told = { ...progress(1), figures: { loss: 0.25, tokensPerSecond: 1_500.5 } };
    await queue.report(job, told, leaseMs);
    expect((await queue.find(job.id))?.progress).toEqual(told);
    await queue.report(job, progress(2), leaseMs);
    expect((await queue.find(job.id))?.progress).toEqual(progress(2));
  });

  it('gives a paused job to nobody until it is resumed, and then with its progress', async () => {
    await using backend = await harness.newBackend();
    await using worker = await backend.open();
    await using user = await backend.open();
    const { id } = await user.enqueue(newJob());
    expect(await user.resume(id)).toBe(false);
    expect(await user.pause(id)).toBe(true);
    expect(await user.pause(id)).toBe(false);
    expect(await worker.claim(['ingest'], leaseMs)).toBeUndefined();
    expect(await user.resume(id)).toBe(true);
    const claimed = (await worker.claim(['ingest'], leaseMs))!;
    await worker.report(claimed, progress(2), leaseMs);
    expect(await user.pause(id)).toBe(true);
    expect(await worker.report(claimed, progress(3), leaseMs)).toBe(false);
    await worker.finish(claimed, { status: 'succeeded', result: {} });
    harness.passTime(leaseMs);
    expect(await worker.claim(['ingest'], leaseMs)).toBeUndefined();
    expect(await user.find(id)).toMatchObject({ status: 'paused', progress: { done: 2, step: null } });
    const live = await user.list({ kinds: ['ingest'], state: 'live', ownerId: null }, { limit: 9, after: null });
    expect(live.items.map((job) => job.id)).toEqual([id]);
    expect(await user.resume(id)).toBe(true);
    expect(await user.resume(id)).toBe(false);
    expect(await worker.claim(['ingest'], leaseMs)).toMatchObject({ id, attempts: 2, progress: { done: 2 } });
    expect(await user.pause('job_none')).toBe(false);
  });

  it('cancels a paused job', async () => {
    await using backend = await harness.newBackend();
    await using queue = await backend.open();
    const { id } = await queue.enqueue(newJob());
    await queue.pause(id);
    expect(await queue.cancel(id)).toBe(true);
    expect(await queue.resume(id)).toBe(false);
    expect(await queue.find(id)).toMatchObject({ status: 'cancelled' });
  });
});
