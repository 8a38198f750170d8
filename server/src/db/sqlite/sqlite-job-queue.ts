import type { ErrorCode } from '../../errors/catalogue.ts';
import type { Job, JobKind, JobStatus } from '../../models/job.ts';
import { newId } from '../../models/new-id.ts';
import type { JobOutcome, JobQueue } from '../../ports/job-queue.ts';
import { decodeCursor, toPage } from './cursor.ts';
import type { Database, Row, SqlValue } from './database.ts';
import { createJobWatch } from './job-watch.ts';

export interface SqliteJobQueueOptions {
  database: Database;
  now: () => Date;
}

/** Jobs in a table; a claim is one update, which SQLite lets one claimer do at a time. */
export function openSqliteJobQueue({ database, now }: SqliteJobQueueOptions): JobQueue {
  const find = async (id: string): Promise<Job | undefined> =>
    first(await database.all('select * from jobs where id = ?', [id]));
  const jobWatch = createJobWatch(find);
  const change = async (sql: string, values: readonly SqlValue[]): Promise<Job | undefined> => {
    const job = first((await database.run(`${sql} returning *`, values)).rows);
    if (job !== undefined) jobWatch.notify(job);
    return job;
  };

  return {
    async enqueue({ kind, ownerId, payload, total }) {
      const at = now().getTime();
      const { rows } = await database.run(
        `insert into jobs (id, kind, owner_id, status, payload, done, total, checkpoint, attempts, created_at, updated_at)
          values (?, ?, ?, 'queued', ?, 0, ?, '{}', 0, ?, ?) returning *`,
        [newId('job'), kind, ownerId, JSON.stringify(payload), total, at, at],
      );
      return jobOf(rows[0]!);
    },
    claim: (kinds, leaseMs) =>
      change(
        `update jobs set status = 'running', attempts = attempts + 1, lease_until = ?1 + ?2, updated_at = ?1
          where id = (
            select id from jobs
            where status in ('queued', 'running') and (status = 'queued' or lease_until <= ?1)
              and kind in (select value from json_each(?3))
            order by created_at, id limit 1)`,
        [now().getTime(), leaseMs, JSON.stringify(kinds)],
      ),
    async report({ id, attempts }, { done, total, step, checkpoint }, leaseMs) {
      const at = now().getTime();
      const job = await change(
        `update jobs set done = ?, total = ?, step = ?, checkpoint = ?, lease_until = ?, updated_at = ?
          where id = ? and attempts = ? and status = 'running'`,
        [done, total, step, JSON.stringify(checkpoint), at + leaseMs, at, id, attempts],
      );
      return job !== undefined;
    },
    async finish({ id, attempts }, outcome) {
      await change(
        `update jobs set status = ?, error_code = ?, error_detail = ?, result = ?, step = null, lease_until = null,
          updated_at = ? where id = ? and attempts = ? and status = 'running'`,
        [...outcomeValues(outcome), now().getTime(), id, attempts],
      );
    },
    async cancel(id) {
      const job = await change(
        `update jobs set status = 'cancelled', step = null, lease_until = null, updated_at = ?
          where id = ? and status in ('queued', 'running')`,
        [now().getTime(), id],
      );
      return job !== undefined;
    },
    find,
    async list({ kinds, ownerId }, { limit, after }) {
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select * from jobs where kind in (select value from json_each(?1)) and (?2 is null or owner_id = ?2)
          and (?3 is null or (created_at, id) < (?3, ?4)) order by created_at desc, id desc limit ?5`,
        [JSON.stringify(kinds), ownerId, createdAt ?? null, id ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: jobOf,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    watch: jobWatch.watch,
    async [Symbol.asyncDispose]() {
      jobWatch.stop();
    },
  };
}

function first(rows: readonly Row[]): Job | undefined {
  return rows[0] === undefined ? undefined : jobOf(rows[0]);
}

function outcomeValues(outcome: JobOutcome): SqlValue[] {
  const error = outcome.status === 'failed' ? outcome.error : { code: null, detail: null };
  const result = outcome.status === 'succeeded' ? JSON.stringify(outcome.result) : null;
  return [outcome.status, error.code, error.detail, result];
}

function jobOf(row: Row): Job {
  const columns = row as Row & JobColumns;
  return {
    id: columns.id,
    kind: columns.kind,
    ownerId: columns.owner_id,
    status: columns.status,
    payload: JSON.parse(columns.payload) as Job['payload'],
    progress: {
      done: columns.done,
      total: columns.total,
      step: columns.step,
      checkpoint: JSON.parse(columns.checkpoint) as Job['progress']['checkpoint'],
    },
    attempts: columns.attempts,
    error: columns.error_code === null ? null : { code: columns.error_code, detail: columns.error_detail },
    result: columns.result === null ? null : (JSON.parse(columns.result) as NonNullable<Job['result']>),
    createdAt: new Date(columns.created_at),
    updatedAt: new Date(columns.updated_at),
  };
}

interface JobColumns {
  id: string;
  kind: JobKind;
  owner_id: string;
  status: JobStatus;
  payload: string;
  done: number;
  total: number;
  step: string | null;
  checkpoint: string;
  attempts: number;
  error_code: ErrorCode | null;
  error_detail: string | null;
  result: string | null;
  created_at: number;
  updated_at: number;
}
