import { afterAll, describe } from 'vitest';
import { openRedisRateLimits } from '../../src/services/rate-limits/redis-rate-limits.ts';
import { rateLimitsContract } from '../contracts/rate-limits-contract.ts';
import { type RedisBackend, realRedis, redisBackend, redisUrl } from '../support/redis.ts';

describe.skipIf(redisUrl === '')(realRedis, () => {
  const backends: RedisBackend[] = [];
  const newBackend = (): RedisBackend => {
    const backend = redisBackend();
    backends.push(backend);
    return backend;
  };
  afterAll(() => Promise.all(backends.map((backend) => backend[Symbol.asyncDispose]())));
  let clock = 0;
  const now = (): number => clock;

  rateLimitsContract('Redis', {
    open: async () => openRedisRateLimits({ connection: newBackend().connect(), now }),
    passTime: async (milliseconds) => void (clock += milliseconds),
  });
});
