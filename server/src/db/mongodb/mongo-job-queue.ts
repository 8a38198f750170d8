import type { Collection, Filter, MatchKeysAndValues, UpdateFilter } from 'mongodb';
import type { Job, JobStatus } from '../../models/job.ts';
import type { ClaimedJob, JobQueue } from '../../ports/job-queue.ts';
import { toPage } from '../cursor.ts';
import { createJobWatch } from '../job-watch.ts';
import type { MongoConnection } from './connection.ts';
import { jobOf, newRecord, outcomeFields, type JobRecord } from './job-records.ts';
import { following, newestFirst, placeOf } from './newest-first.ts';

export interface MongoJobQueueOptions {
  connection: MongoConnection;
  /** Leases are compared with it, so the clocks of services over one database must agree to a small part of a lease. */
  now: () => Date;
}

/** A condition on the job of an id. */
type OneJob = Filter<JobRecord> & { _id: string };

const live: readonly JobStatus[] = ['queued', 'running', 'paused'];
/** Of a job that nobody works on. */
const released = { leaseUntil: null, 'progress.step': null };

/** A job is one record, and each change of it one write, fenced by the number of the attempt. */
export function openMongoJobQueue({ connection, now }: MongoJobQueueOptions): JobQueue {
  const run = <T>(work: (jobs: Collection<JobRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(database.collection<JobRecord>('jobs')));
  const findAll = (ids: readonly string[]): Promise<Job[]> =>
    run(async (jobs) => (await jobs.find({ _id: { $in: [...ids] } }).toArray()).map(jobOf));
  const jobWatch = createJobWatch(findAll);
  /** Whether there was such a job to change. */
  const change = async (filter: OneJob, fields: MatchKeysAndValues<JobRecord>): Promise<boolean> => {
    const { matchedCount } = await run((jobs) => jobs.updateOne(filter, { $set: { ...fields, updatedAt: now() } }));
    if (matchedCount > 0) jobWatch.look(filter._id);
    return matchedCount > 0;
  };

  return {
    async enqueue(job) {
      const record = newRecord(job, now());
      await run((jobs) => jobs.insertOne(record));
      return jobOf(record);
    },
    async claim(kinds, leaseMs, id) {
      const at = now();
      const claimable: Filter<JobRecord> = {
        kind: { $in: [...kinds] },
        ...(id === undefined ? {} : { _id: id }),
        $or: [{ status: 'queued' }, { status: 'running', leaseUntil: { $lte: at } }],
      };
      const taken: UpdateFilter<JobRecord> = {
        $set: { status: 'running', leaseUntil: after(at, leaseMs), updatedAt: at },
        $inc: { attempts: 1 },
      };
      const oldest = { sort: { createdAt: 1, _id: 1 }, returnDocument: 'after' } as const;
      const record = await run((jobs) => jobs.findOneAndUpdate(claimable, taken, oldest));
      if (record === null) return undefined;
      jobWatch.look(record._id);
      return jobOf(record);
    },
    report(claimed, progress, leaseMs) {
      const checkpoint = JSON.stringify(progress.checkpoint);
      return change(heldBy(claimed), { progress: { ...progress, checkpoint }, leaseUntil: after(now(), leaseMs) });
    },
    async finish(claimed, outcome) {
      await change(heldBy(claimed), { ...outcomeFields(outcome), ...released });
    },
    cancel: (id) => change({ _id: id, status: { $in: [...live] } }, { status: 'cancelled', ...released }),
    pause: (id) => change({ _id: id, status: { $in: ['queued', 'running'] } }, { status: 'paused', ...released }),
    resume: (id) => change({ _id: id, status: 'paused' }, { status: 'queued' }),
    find: async (id) => (await findAll([id]))[0],
    async list({ kinds, state, ownerId }, page) {
      const filter: Filter<JobRecord> = {
        kind: { $in: [...kinds] },
        ...(state === 'live' ? { status: { $in: [...live] } } : {}),
        ...(ownerId === null ? {} : { ownerId }),
        ...following<JobRecord>('createdAt', page),
      };
      const records = await run((jobs) => jobs.find(filter, newestFirst('createdAt', page)).toArray());
      return toPage(records, page.limit, { item: jobOf, cursor: (record) => placeOf(record, record.createdAt) });
    },
    watch: jobWatch.watch,
    async [Symbol.asyncDispose]() {
      jobWatch.stop();
    },
  };
}

/** The job, while the claim holds. */
function heldBy({ id, attempts }: ClaimedJob): OneJob {
  return { _id: id, attempts, status: 'running' };
}

function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
