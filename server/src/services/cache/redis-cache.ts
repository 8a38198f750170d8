import type { Cache } from '../../ports/cache.ts';
import type { RedisConnection } from '../redis/redis-connection.ts';
import { unlessAway } from '../redis/unless-away.ts';

const defaultMaxValueBytes = 1024 * 1024;
/** Beyond so many keys that could not be deleted, everything is. */
const maxDoubted = 10_000;

export interface RedisCacheOptions {
  connection: RedisConnection;
  /** Larger values are not kept. */
  maxValueBytes?: number;
}

/**
 * A cache that services share. While Redis is away nothing is found and nothing is kept. What could not be deleted or
 * replaced then is not given out by this service until it has been deleted; a service that still reaches Redis may give
 * it out until then, and anybody if this one ends before, but never beyond its time to live.
 */
export function openRedisCache({ connection, maxValueBytes = defaultMaxValueBytes }: RedisCacheOptions): Cache {
  const prefix = `${connection.prefix}cache:`;
  const doubts = createDoubts(connection, prefix);
  const remove = async (key: string): Promise<void> => {
    doubts.add(key);
    await doubts.settle();
  };
  const stop = connection.onChange((usable) => usable && void doubts.settle());

  return {
    traits: { kind: 'redis' },
    async get(key) {
      if (doubts.has(key)) await doubts.settle();
      if (doubts.has(key)) return undefined;
      const value = await unlessAway(connection.run((redis) => redis.get(prefix + key)));
      // Meanwhile a delete may have failed.
      return value === undefined || value === null || doubts.has(key) ? undefined : value;
    },
    async set(key, value, timeToLiveMs) {
      // Redis refuses to keep anything for no time.
      const kept = Math.floor(timeToLiveMs);
      if (kept < 1 || Buffer.byteLength(value) > maxValueBytes) return remove(key);
      if (doubts.has(key)) await doubts.settle();
      const stored = await unlessAway(connection.run((redis) => redis.set(prefix + key, value, 'PX', kept)));
      if (stored === undefined) await remove(key);
    },
    delete: remove,
    async [Symbol.asyncDispose]() {
      stop();
    },
  };
}

/** Keys whose value in Redis must not be given out. */
interface Doubts {
  add(key: string): void;
  has(key: string): boolean;
  /** Deletes them in Redis; those that could not be deleted stay. Never rejects for Redis. */
  settle(): Promise<void>;
}

function createDoubts(connection: RedisConnection, prefix: string): Doubts {
  // Counted, so that one that came up again while it was being settled stays.
  const keys = new Map<string, number>();
  let count = 0;
  let uncounted = 0;
  return {
    add(key) {
      count += 1;
      if (keys.size < maxDoubted) keys.set(key, count);
      else uncounted = count;
    },
    has: (key) => uncounted > 0 || keys.has(key),
    async settle() {
      const settled = [...keys];
      const settledUncounted = uncounted;
      if (settledUncounted > 0 && (await unlessAway(unlinkAll(connection, prefix))) === undefined) return;
      if (uncounted === settledUncounted) uncounted = 0;
      if (settled.length === 0) return;
      const deleted = await unlessAway(connection.run((redis) => redis.unlink(settled.map(([key]) => prefix + key))));
      if (deleted === undefined) return;
      for (const [key, at] of settled) if (keys.get(key) === at) keys.delete(key);
    },
  };
}

async function unlinkAll(connection: RedisConnection, prefix: string): Promise<true> {
  // What else matches is escaped: a prefix is no pattern.
  const pattern = `${prefix.replaceAll(/[\\*?[\]]/g, '\\$&')}*`;
  let cursor = '0';
  do {
    const [next, found] = await connection.run((redis) => redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1000));
    if (found.length > 0) await connection.run((redis) => redis.unlink(found));
    cursor = next;
  } while (cursor !== '0');
  return true;
}
