import type { Job, JobKind, JobStatus } from '../../models/job.ts';
import { newId } from '../../models/new-id.ts';
import type { JobOutcome, JobQueue } from '../../ports/job-queue.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import { createJobWatch } from '../job-watch.ts';
import type { Database } from './database.ts';
import type { Row, SqlValue } from './statement.ts';
import { failureValues, readFailure, type FailureColumns } from './failure-columns.ts';

export interface SqliteJobQueueOptions {
  database: Database;
  now: () => Date;
}

/** Jobs in a table; a claim is one update, which SQLite lets one claimer do at a time. */
export function openSqliteJobQueue({ database, now }: SqliteJobQueueOptions): JobQueue {
  const findAll = async (ids: readonly string[]): Promise<Job[]> => {
    const values = [JSON.stringify(ids)];
    const rows = await database.all('select * from jobs where id in (select value from json_each(?))', values);
    return rows.map(jobOf);
  };
  const jobWatch = createJobWatch(findAll);
  /** Whether the statement, which returns the id of the job, changed one. */
  const change = async (sql: string, values: readonly SqlValue[]): Promise<boolean> => {
    const [row] = (await database.run(sql, values)).rows;
    if (row !== undefined) jobWatch.look(row['id'] as string);
    return row !== undefined;
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
    async claim(kinds, leaseMs, id) {
      const [row] = (
        await database.run(
          `update jobs set status = 'running', attempts = attempts + 1, lease_until = ?1 + ?2, updated_at = ?1
            where id = (
              select id from jobs
              where status in ('queued', 'running') and (status = 'queued' or lease_until <= ?1)
                and kind in (select value from json_each(?3)) and (?4 is null or id = ?4)
              order by created_at, id limit 1)
            returning *`,
          [now().getTime(), leaseMs, JSON.stringify(kinds), id ?? null],
        )
      ).rows;
      if (row === undefined) return undefined;
      jobWatch.look(row['id'] as string);
      return jobOf(row);
    },
    report({ id, attempts }, { done, total, step, figures, checkpoint }, leaseMs) {
      const at = now().getTime();
      return change(
        `update jobs set done = ?, total = ?, step = ?, figures = ?, checkpoint = ?, lease_until = ?, updated_at = ?
          where id = ? and attempts = ? and status = 'running' returning id`,
        [done, total, step, jsonOf(figures), JSON.stringify(checkpoint), at + leaseMs, at, id, attempts],
      );
    },
    async finish({ id, attempts }, outcome) {
      await change(
        `update jobs set status = ?, error_code = ?, error_detail = ?, result = ?, step = null, lease_until = null,
          updated_at = ? where id = ? and attempts = ? and status = 'running' returning id`,
        [...outcomeValues(outcome), now().getTime(), id, attempts],
      );
    },
    cancel: (id) =>
      change(
        `update jobs set status = 'cancelled', step = null, lease_until = null, updated_at = ?
          where id = ? and status in ('queued', 'running', 'paused') returning id`,
        [now().getTime(), id],
      ),
    pause: (id) =>
      change(
        `update jobs set status = 'paused', step = null, lease_until = null, updated_at = ?
          where id = ? and status in ('queued', 'running') returning id`,
        [now().getTime(), id],
      ),
    resume: (id) =>
      change(`update jobs set status = 'queued', updated_at = ? where id = ? and status = 'paused' returning id`, [
        now().getTime(),
        id,
      ]),
    find: async (id) => (await findAll([id]))[0],
    async list({ kinds, state, ownerId }, { limit, after }) {
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select * from jobs where kind in (select value from json_each(?1)) and (?2 is null or owner_id = ?2)
          and (?3 is null or (created_at, id) < (?3, ?4))
          and (?5 = 'any' or status in ('queued', 'running', 'paused')) order by created_at desc, id desc limit ?6`,
        [JSON.stringify(kinds), ownerId, createdAt ?? null, id ?? null, state, limit + 1],
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

function outcomeValues(outcome: JobOutcome): SqlValue[] {
  const error = outcome.status === 'failed' ? outcome.error : null;
  const result = 'result' in outcome ? JSON.stringify(outcome.result) : null;
  return [outcome.status, ...failureValues(error), result];
}

export function jsonOf(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

export function jobOf(row: Row): Job {
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
      ...(columns.figures === null ? {} : { figures: JSON.parse(columns.figures) as Record<string, number> }),
      checkpoint: JSON.parse(columns.checkpoint) as Job['progress']['checkpoint'],
    },
    attempts: columns.attempts,
    error: readFailure(columns),
    result: columns.result === null ? null : (JSON.parse(columns.result) as NonNullable<Job['result']>),
    createdAt: new Date(columns.created_at),
    updatedAt: new Date(columns.updated_at),
  };
}

interface JobColumns extends FailureColumns {
  id: string;
  kind: JobKind;
  owner_id: string;
  status: JobStatus;
  payload: string;
  done: number;
  total: number;
  step: string | null;
  figures: string | null;
  checkpoint: string;
  attempts: number;
  result: string | null;
  created_at: number;
  updated_at: number;
}
