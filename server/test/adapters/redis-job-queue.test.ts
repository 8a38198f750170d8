import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteJobQueue } from '../../src/db/sqlite/sqlite-job-queue.ts';
import type { JobQueue } from '../../src/ports/job-queue.ts';
import { openBullJobQueue } from '../../src/services/queue/bull-job-queue.ts';
import { jobQueueContract, type JobQueueHarness } from '../contracts/job-queue-contract.ts';
import { jobQueueTrainingContract } from '../contracts/job-queue-training-contract.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/fault-proxy.ts';
import { redisBackend, redisTarget, redisUrl, through } from '../support/redis.ts';
import { createClock, sqliteBackend } from '../support/sqlite-backend.ts';

const leaseMs = 10_000;
const newJob = { kind: 'ingest', ownerId: 'usr_1', payload: {}, total: 1 } as const;

describe.skipIf(redisUrl === '')('a real Redis (set BILLUMY_TEST_REDIS_URL to the address of one to run it)', () => {
  const clock = createClock();
  const closers: AsyncDisposable[] = [];
  afterAll(() => Promise.all(closers.map((each) => each[Symbol.asyncDispose]())));

  /** Records in SQLite, and ids in Redis unless the address leads nowhere. */
  const newBackend = async ({ url = redisUrl, sweepMs = 5000 } = {}) => {
    const redis = redisBackend();
    closers.push(redis);
    const claimedIds: string[] = [];
    const sqlite = await sqliteBackend((database) => {
      const records = openSqliteJobQueue({ database, now: clock.now });
      const queue = openBullJobQueue({
        records: countIds(records, claimedIds),
        connection: redis.connect(url),
        now: clock.now,
        sweepMs,
      });
      return withClosing(queue, records);
    });
    return { ...sqlite, redis, claimedIds };
  };

  // The contract sees at once what a sweep finds.
  const harness: JobQueueHarness = { passTime: clock.passTime, newBackend: () => newBackend({ sweepMs: 1 }) };
  jobQueueContract('BullMQ over SQLite', harness);
  jobQueueTrainingContract('BullMQ over SQLite', harness);

  describe('without Redis', () => {
    jobQueueContract('BullMQ over SQLite', {
      passTime: clock.passTime,
      newBackend: () => newBackend({ url: 'redis://127.0.0.1:1' }),
    });
  });

  it('hands out what another service queued, without searching the records for it', async () => {
    await using backend = await newBackend();
    await using first = await backend.open();
    await using second = await backend.open();
    expect(await second.claim(['ingest'], leaseMs)).toBeUndefined();
    const older = await first.enqueue(newJob);
    clock.passTime(1);
    const newer = await first.enqueue(newJob);
    expect(await second.claim(['ingest'], leaseMs)).toMatchObject({ id: older.id });
    expect(await second.claim(['ingest'], leaseMs)).toMatchObject({ id: newer.id });
    expect(backend.claimedIds).toEqual([older.id, newer.id]);
  });

  it('hands out a resumed job at once', async () => {
    await using backend = await newBackend();
    await using first = await backend.open();
    await using second = await backend.open();
    expect(await second.claim(['ingest'], leaseMs)).toBeUndefined();
    const { id } = await first.enqueue(newJob);
    await first.pause(id);
    expect(await second.claim(['ingest'], leaseMs)).toBeUndefined();
    await first.resume(id);
    expect(await second.claim(['ingest'], leaseMs)).toMatchObject({ id });
  });

  it('gives the oldest of several kinds, and a job that was given back before newer ones', async () => {
    await using backend = await newBackend();
    await using queue = await backend.open();
    await queue.claim(['embed', 'ingest'], leaseMs);
    const older = await queue.enqueue(newJob);
    clock.passTime(1);
    const middle = await queue.enqueue({ ...newJob, kind: 'embed' });
    clock.passTime(1);
    const newer = await queue.enqueue(newJob);
    const first = await queue.claim(['embed', 'ingest'], leaseMs);
    expect(first).toMatchObject({ id: older.id });
    await queue.finish(first!, { status: 'queued' });
    const claims = [];
    for (let index = 0; index < 3; index += 1) claims.push((await queue.claim(['embed', 'ingest'], leaseMs))?.id);
    expect(claims).toEqual([older.id, middle.id, newer.id]);
    expect(backend.claimedIds).toHaveLength(4);
  });

  it('finds within a sweep each job that Redis lost, then all of them at once', async () => {
    await using backend = await newBackend();
    await using queue = await backend.open();
    await queue.claim(['ingest'], leaseMs);
    const jobs = [await queue.enqueue(newJob), await queue.enqueue(newJob), await queue.enqueue(newJob)];
    await backend.redis.connect().run((client) => client.del(`${backend.redis.prefix}jobs:ingest:wait`));
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
    clock.passTime(5000);
    const claims = [];
    for (let index = 0; index < 4; index += 1) claims.push((await queue.claim(['ingest'], leaseMs))?.id);
    expect(new Set(claims.slice(0, 3))).toEqual(new Set(jobs.map(({ id }) => id)));
    expect(claims[3]).toBeUndefined();
  });

  it('gives the job of a service that died to another, though newer ids never run out', async () => {
    await using backend = await newBackend();
    await using dying = await backend.open();
    await using other = await backend.open();
    await other.claim(['ingest'], leaseMs);
    const { id } = await dying.enqueue(newJob);
    await dying.claim(['ingest'], leaseMs);
    const claims: string[] = [];
    for (let second = 0; second < 15; second += 1) {
      clock.passTime(1000);
      await other.enqueue(newJob);
      const job = await other.claim(['ingest'], leaseMs);
      claims.push(job!.id);
      await other.finish(job!, { status: 'succeeded', result: {} });
    }
    expect(claims).toContain(id);
  });

  it('removes what a service left behind that ended while it took an id', async () => {
    await using backend = await newBackend();
    await using queue = await backend.open();
    await queue.claim(['ingest'], leaseMs);
    const { id } = await queue.enqueue(newJob);
    const client = backend.redis.connect();
    const key = (name: string): string => `${backend.redis.prefix}jobs:ingest:${name}`;
    await client.run((redis) => redis.lmove(key('wait'), key('active'), 'RIGHT', 'LEFT'));
    await client.run((redis) => redis.hset(key(id), 'processedOn', Date.now() - 61_000));
    clock.passTime(5000);
    expect(await queue.claim(['ingest'], leaseMs)).toMatchObject({ id });
    clock.passTime(5000);
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
    expect(await client.run((redis) => redis.exists(key('active'), key(id)))).toBe(0);
  });

  it('leaves nothing in Redis of jobs that were handed out or cancelled', async () => {
    await using backend = await newBackend();
    await using queue = await backend.open();
    await queue.claim(['ingest'], leaseMs);
    const cancelled = await queue.enqueue(newJob);
    const { id } = await queue.enqueue(newJob);
    await queue.cancel(cancelled.id);
    expect(await queue.claim(['ingest'], leaseMs)).toBeDefined();
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
    const keys = [cancelled.id, id, 'wait', 'active', 'completed'].map(
      (each) => `${backend.redis.prefix}jobs:ingest:${each}`,
    );
    expect(await backend.redis.connect().run((client) => client.exists(keys))).toBe(0);
  });

  it('goes on with the records alone when Redis goes, and with BullMQ when it is back', async () => {
    await using proxy = await openFaultProxy({ target: redisTarget() });
    await using backend = await newBackend({ url: through(proxy) });
    await using queue = await backend.open();
    await queue.claim(['ingest'], leaseMs);
    const before = await queue.enqueue(newJob);
    await proxy.down();
    clock.passTime(1);
    const during = await queue.enqueue(newJob);
    expect(await queue.claim(['ingest'], leaseMs)).toMatchObject({ id: before.id });
    expect(await queue.claim(['ingest'], leaseMs)).toMatchObject({ id: during.id });
    expect(await queue.claim(['ingest'], leaseMs)).toBeUndefined();
    await proxy.up();
    await eventually(async () => {
      const { id } = await queue.enqueue(newJob);
      await queue.claim(['ingest'], leaseMs);
      expect(backend.claimedIds).toContain(id);
    });
  });
});

/** Notes the ids that were asked for. */
function countIds(records: JobQueue, claimedIds: string[]): JobQueue {
  return {
    ...records,
    async claim(kinds, milliseconds, id) {
      const job = await records.claim(kinds, milliseconds, id);
      if (id !== undefined && job !== undefined) claimedIds.push(id);
      return job;
    },
  };
}

function withClosing(queue: JobQueue, records: JobQueue): JobQueue {
  return {
    ...queue,
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
      await records[Symbol.asyncDispose]();
    },
  };
}
