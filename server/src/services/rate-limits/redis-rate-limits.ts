import { randomUUID } from 'node:crypto';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { RedisConnection } from '../redis/redis-connection.ts';
import { unlessAway } from '../redis/unless-away.ts';
import { createLimitMirror } from './limit-mirror.ts';
import { openSharedLimits } from './shared-limits.ts';

export interface RedisRateLimitsOptions {
  connection: RedisConnection;
  /** Milliseconds. By default Redis tells the time, so the clocks of services may differ. */
  now?: () => number;
  /** How many names this service remembers for the time without Redis. */
  maxNames?: number;
}

const defaultMaxNames = 100_000;

/**
 * Limits that hold for all services together. While Redis is away, each service goes on with its share of a limit,
 * `limit / services` less what it has used, and refuses the rest; when Redis is back, it hears of these uses before it
 * decides again.
 *
 * All services together never allow more than the limit, whenever they are cut off: a service that wants more than its
 * share of a window while Redis is there asks the others first, and each agrees by using nothing of that window without
 * Redis. They are asked once per window and agree in milliseconds; who is silent for 300 ms, because it is cut off,
 * keeps its share, and the others have theirs.
 *
 * Services are counted by heartbeats, and one alone may use the whole limit. A service on its own for longer than two
 * minutes while others reach Redis, or that joined during the window, or has not reached Redis since it started, may
 * use its share on top.
 */
export function openRedisRateLimits(options: RedisRateLimitsOptions): RateLimits & AsyncDisposable {
  const { connection, maxNames = defaultMaxNames, now: givenNow } = options;
  // Only differences count here; the clock of the machine may be set.
  const now = givenNow ?? (() => Math.floor(performance.now()));
  const windowIds = randomUUID();
  let windowCount = 0;
  const newWindowId = (): string => `${windowIds}:${(windowCount += 1)}`;
  const mirror = createLimitMirror({ now, newWindowId, maxNames });
  const timeOfRedis = (): number | '' => givenNow?.() ?? '';
  const shared = openSharedLimits({ connection, mirror, newWindowId, now, timeOfRedis });

  return {
    async take(name, rule, cost = 1) {
      const decision = await unlessAway(shared.take(name, rule, cost));
      return decision ?? mirror.takeAlone(name, rule, { cost, services: shared.services() });
    },
    async reset(name) {
      mirror.forget(name);
      await unlessAway(shared.reset(name));
    },
    [Symbol.asyncDispose]: () => shared[Symbol.asyncDispose](),
  };
}
