import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openRedisRateLimits } from '../../src/services/rate-limits/redis-rate-limits.ts';
import type { RedisConnection } from '../../src/services/redis/redis-connection.ts';
import { rateLimitsContract } from '../contracts/rate-limits-contract.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/fault-proxy.ts';
import { redisBackend, redisTarget, redisUrl, through } from '../support/redis.ts';

const windowMs = 60_000;

/** As many services that share limits, when each has heard of the others. */
async function openServices(connections: readonly RedisConnection[], now?: () => number) {
  const services = connections.map((connection) =>
    openRedisRateLimits({ connection, ...(now === undefined ? {} : { now }) }),
  );
  const [{ prefix, run }] = connections as [RedisConnection];
  await eventually(async () =>
    expect(await run((redis) => redis.zcard(`${prefix}limits:services`))).toBe(services.length),
  );
  for (const each of services) await each.take('first', { limit: 1, windowMs }, 0);
  return services;
}

describe.skipIf(redisUrl === '')('a real Redis (set BILLUMY_TEST_REDIS_URL to the address of one to run it)', () => {
  const closers: AsyncDisposable[] = [];
  const newBackend = () => {
    const backend = redisBackend();
    closers.push(backend);
    return backend;
  };
  afterAll(() => Promise.all(closers.map((each) => each[Symbol.asyncDispose]())));
  let clock = 0;
  const now = (): number => clock;

  rateLimitsContract('Redis', {
    open: async () => openRedisRateLimits({ connection: newBackend().connect(), now }),
    async openPair() {
      const backend = newBackend();
      const [first, second] = await openServices([backend.connect(), backend.connect()], now);
      return [first!, second!];
    },
    passTime: async (milliseconds) => void (clock += milliseconds),
  });

  it('never allows more than the limit together, whenever and however they are cut off', async () => {
    const proxies = await Promise.all([1, 2].map(() => openFaultProxy({ target: redisTarget() })));
    closers.push(...proxies);
    let allowedAlone = 0;
    const takes = (most: number) =>
      fc.array(fc.record({ service: fc.nat(1), cost: fc.integer({ min: 1, max: 3 }) }), { maxLength: most });
    const schedule = fc.record({
      limit: fc.integer({ min: 1, max: 14 }),
      before: takes(14),
      fault: fc.constantFrom('both down', 'one down', 'black hole', 'cut'),
      during: takes(14),
      after: takes(8),
    });
    const run = async ({
      limit,
      before,
      fault,
      during,
      after,
    }: typeof schedule extends fc.Arbitrary<infer T> ? T : never) => {
      await using backend = redisBackend();
      const connections = proxies.map((proxy) => backend.connect(through(proxy)));
      const services = await openServices(connections);
      let used = 0;
      const takeAll = async (list: typeof before) => {
        // Three at once, as requests come.
        for (let start = 0; start < list.length; start += 3) {
          const some = list.slice(start, start + 3);
          const decisions = await Promise.all(
            some.map(({ service, cost }) => services[service]!.take('ana', { limit, windowMs }, cost)),
          );
          for (const [index, { allowed }] of decisions.entries()) if (allowed) used += some[index]!.cost;
        }
      };
      await takeAll(before);
      const usedBefore = used;
      const [one, other] = proxies as [(typeof proxies)[0], (typeof proxies)[0]];
      if (fault === 'both down') await Promise.all([one.down(), other.down()]);
      if (fault === 'one down') await one.down();
      if (fault === 'black hole') for (const each of proxies) each.blackhole(true);
      if (fault === 'cut') for (const each of proxies) each.cut();
      await takeAll(during);
      if (fault === 'both down') allowedAlone += used - usedBefore;
      for (const each of proxies) each.blackhole(false);
      if (fault === 'both down') await Promise.all([one.up(), other.up()]);
      if (fault === 'one down') await one.up();
      for (const { run: ask } of connections)
        await eventually(async () => expect(await ask((redis) => redis.ping())).toBe('PONG'));
      await takeAll(after);
      expect(used).toBeLessThanOrEqual(limit);
      // What was used alone is known now.
      for (const each of services) await each.take('ana', { limit, windowMs }, 0);
      const stored = await connections[0]!.run((redis) => redis.hget(`${backend.prefix}limit:ana`, 'used'));
      expect(Number(stored)).toBeGreaterThanOrEqual(used);
      await Promise.all(services.map((each) => each[Symbol.asyncDispose]()));
    };
    await fc.assert(fc.asyncProperty(schedule, run), { numRuns: 60, endOnFailure: true });
    expect(allowedAlone).toBeGreaterThan(0);
  });
});
