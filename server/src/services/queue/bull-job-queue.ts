import type { Job, JobKind } from '../../models/job.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { RedisConnection } from '../redis/redis-connection.ts';
import { unlessAway } from '../redis/unless-away.ts';
import { openWaitingIds } from './waiting-ids.ts';

export interface BullJobQueueOptions {
  /** What is true: keeps the jobs and decides who has one. It stays open when this queue is closed. */
  records: JobQueue;
  connection: RedisConnection;
  now: () => Date;
  /** How often the records are searched for what Redis does not know: jobs it lost, and leases that ended. */
  sweepMs?: number;
}

const defaultSweepMs = 5000;

/**
 * Jobs that are kept in a store and handed out through BullMQ: an id that comes out there is claimed in the records.
 * Whatever happens to an id on the way, a sweep of the records finds its job, so Redis may lose everything, and without
 * Redis the records alone are asked.
 */
export function openBullJobQueue(options: BullJobQueueOptions): JobQueue {
  const { records, connection, now, sweepMs = defaultSweepMs } = options;
  const ids = openWaitingIds(connection);
  /** By kinds: when they were swept last, and whether that found a job. */
  const sweeps = new Map<string, { at: number; found: boolean }>();

  const isDue = (kinds: readonly JobKind[]): boolean => {
    const last = sweeps.get(String(kinds));
    return last === undefined || now().getTime() - last.at >= sweepMs;
  };
  const sweep = async (kinds: readonly JobKind[], leaseMs: number): Promise<Job | undefined> => {
    const at = now().getTime();
    sweeps.set(String(kinds), { at, found: sweeps.get(String(kinds))?.found ?? false });
    const job = await records.claim(kinds, leaseMs);
    sweeps.set(String(kinds), { at, found: job !== undefined });
    return job;
  };

  return {
    async enqueue(newJob) {
      const job = await records.enqueue(newJob);
      await unlessAway(ids.add(job));
      return job;
    },
    async claim(kinds, leaseMs, wanted) {
      if (wanted !== undefined) return records.claim(kinds, leaseMs, wanted);
      if (isDue(kinds)) {
        const job = await sweep(kinds, leaseMs);
        if (job !== undefined) return job;
        await unlessAway(ids.tidy(kinds));
      }
      for (;;) {
        const id = await unlessAway(ids.take(kinds));
        if (id === undefined) return records.claim(kinds, leaseMs);
        // What Redis lost is many jobs, perhaps: one found is reason to look for the next at once.
        if (id === null) return sweeps.get(String(kinds))?.found === true ? sweep(kinds, leaseMs) : undefined;
        const job = await records.claim(kinds, leaseMs, id);
        if (job !== undefined) return job;
      }
    },
    report: records.report.bind(records),
    async finish(claimed, outcome) {
      await records.finish(claimed, outcome);
      if (outcome.status !== 'queued') return;
      const job = await records.find(claimed.id);
      if (job?.status === 'queued') await unlessAway(ids.add(job));
    },
    cancel: records.cancel.bind(records),
    pause: records.pause.bind(records),
    async resume(id) {
      if (!(await records.resume(id))) return false;
      const job = await records.find(id);
      if (job?.status === 'queued') await unlessAway(ids.add(job));
      return true;
    },
    find: records.find.bind(records),
    list: records.list.bind(records),
    watch: records.watch.bind(records),
    [Symbol.asyncDispose]: () => ids[Symbol.asyncDispose](),
  };
}
