import type { Config } from '../config/config.ts';
import type { PartHealth } from '../models/part-health.ts';
import type { Cache } from '../ports/cache.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openRedisCache } from '../services/cache/redis-cache.ts';
import { openBullJobQueue } from '../services/queue/bull-job-queue.ts';
import { openRedisRateLimits } from '../services/rate-limits/redis-rate-limits.ts';
import { openRedisConnection } from '../services/redis/redis-connection.ts';

export interface RedisParts {
  cache: Cache;
  rateLimits: RateLimits;
  /** The same jobs, which Redis hands out. */
  jobs: JobQueue;
  check(): Promise<PartHealth>;
}

export interface RedisPartsOptions extends Pick<Config, 'REDIS_PREFIX'> {
  url: string;
  records: JobQueue;
}

/** What may be forgotten, and the distribution of what may not, in a Redis that need not be there yet. */
export function openRedis({ url, REDIS_PREFIX, records }: RedisPartsOptions, closing: ClosingList): RedisParts {
  const connection = closing.add(openRedisConnection({ url, prefix: `${REDIS_PREFIX}:` }));
  return {
    cache: closing.add(openRedisCache({ connection })),
    rateLimits: closing.add(openRedisRateLimits({ connection })),
    jobs: closing.add(openBullJobQueue({ records, connection, now: () => new Date() })),
    check: () => connection.check(),
  };
}
