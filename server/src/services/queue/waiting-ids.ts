import { randomUUID } from 'node:crypto';
import { type BackendFactory, createRedisBackend, Queue, type RedisQueueBackend, Worker } from 'bullmq';
import type { Job, JobKind } from '../../models/job.ts';
import type { RedisConnection } from '../redis/redis-connection.ts';

/** The ids of waiting jobs, in BullMQ: each comes out once, at most. All reject with `part_unavailable`, or in time. */
export interface WaitingIds extends AsyncDisposable {
  /** Last in its line, or first when it was in it before. An id that is in it already stays where it is. */
  add(job: Job): Promise<void>;
  /** The id that has waited longest among these kinds; null when none does. */
  take(kinds: readonly JobKind[]): Promise<string | null>;
  /** Removes what processes left behind that ended while they took an id. */
  tidy(kinds: readonly JobKind[]): Promise<void>;
}

interface Line {
  queue: Queue;
  worker: Worker;
}

const leftBehindMs = 60_000;
const tidiedAtOnce = 1000;
/** BullMQ tells of each change in a stream, which nobody reads here. */
const keptEvents = 10;

// Workers that never block need no connection of their own.
const sharedBackend: BackendFactory<RedisQueueBackend> = (name, options) => createRedisBackend(name, options);

export function openWaitingIds(connection: RedisConnection): WaitingIds {
  const lines = new Map<JobKind, Line>();
  const token = randomUUID();
  const lineOf = (kind: JobKind): Line => {
    const line = lines.get(kind) ?? openLine(connection, kind);
    lines.set(kind, line);
    return line;
  };
  const takeOf = async (kind: JobKind): Promise<string | null> => {
    const { worker } = lineOf(kind);
    const taken = await connection.run(() => worker.getNextJob(token, { block: false }));
    if (taken === undefined) return null;
    // It was taken all the same; `tidy` removes it then.
    await connection.run(() => taken.moveToCompleted(null, token, false)).catch(() => undefined);
    return taken.id ?? null;
  };
  /** Of the job that waits longest; undefined when none waits. */
  const kindOfOldest = async (kinds: readonly JobKind[]): Promise<JobKind | undefined> => {
    const heads = await Promise.all(
      kinds.map(async (kind) => {
        const [head] = await connection.run(() => lineOf(kind).queue.getWaiting(0, 0));
        return { kind, at: head?.timestamp ?? Infinity };
      }),
    );
    const [oldest] = heads.filter(({ at }) => at < Infinity).toSorted((one, other) => one.at - other.at);
    return oldest?.kind;
  };

  return {
    async add({ id, kind, attempts, createdAt }) {
      const { queue } = lineOf(kind);
      const options = { jobId: id, timestamp: createdAt.getTime(), lifo: attempts > 0 };
      await connection.run(() => queue.add(kind, null, options));
    },
    async take(kinds) {
      const kind = kinds.length === 1 ? kinds[0] : await kindOfOldest(kinds);
      return kind === undefined ? null : takeOf(kind);
    },
    async tidy(kinds) {
      for (const kind of kinds) {
        await connection.run(() => lineOf(kind).queue.clean(leftBehindMs, tidiedAtOnce, 'active'));
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { queue, worker } of lines.values()) await Promise.all([worker.close(true), queue.close()]);
    },
  };
}

function openLine({ client, prefix }: RedisConnection, kind: JobKind): Line {
  const options = {
    connection: client,
    prefix: `${prefix}jobs`,
    // The connection is there or not, whatever BullMQ waits for; and its warnings would go to the console.
    skipWaitingForReady: true,
    skipVersionCheck: true,
  };
  const queue = new Queue(
    kind,
    {
      ...options,
      streams: { events: { maxLen: keptEvents } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    },
    sharedBackend,
  );
  const worker = new Worker(kind, null, { ...options, autorun: false }, sharedBackend);
  queue.on('error', () => undefined);
  worker.on('error', () => undefined);
  return { queue, worker };
}
