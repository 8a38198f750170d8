import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { takeScript } from '../../src/services/rate-limits/limit-scripts.ts';
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
  await eventually(async () => {
    expect(await run((redis) => redis.zcard(`${prefix}limits:services`))).toBe(services.length);
    await run((redis) => redis.hset(`${prefix}limit:used up`, { id: 'w', ends: Number.MAX_SAFE_INTEGER, used: 1 }));
    // Only Redis can have said so, and then it has said how many they are.
    for (const each of services) {
      expect((await each.take('used up', { limit: 1, windowMs }, 0)).allowed).toBe(false);
    }
  });
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
    const takes = (most: number, ...services: number[]) =>
      fc.array(fc.record({ service: fc.constantFrom(...services), cost: fc.integer({ min: 1, max: 3 }) }), {
        maxLength: most,
      });
    const schedule = fc.record({
      limit: fc.integer({ min: 1, max: 14 }),
      // Mostly by one, who then goes beyond its share while much is left.
      before: takes(5, 0, 0, 0, 1),
      fault: fc.constantFrom('both down', 'one down', 'black hole', 'cut'),
      during: takes(14, 0, 1),
      after: takes(8, 0, 1),
    });
    const run = async ({
      limit,
      before,
      fault,
      during,
      after,
    }: typeof schedule extends fc.Arbitrary<infer T> ? T : never) => {
      await using backend = redisBackend();
      const connections = proxies.map((proxy) => backend.connectImpatiently(through(proxy)));
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
      // What was used alone is told when the service asks again.
      await eventually(async () => {
        for (const each of services) await each.take('ana', { limit, windowMs }, 0);
        const stored = await connections[0]!.run((redis) => redis.hget(`${backend.prefix}limit:ana`, 'used'));
        expect(Number(stored)).toBeGreaterThanOrEqual(used);
      });
      await Promise.all(services.map((each) => each[Symbol.asyncDispose]()));
    };
    await fc.assert(fc.asyncProperty(schedule, run), { numRuns: 40, endOnFailure: true });
    expect(allowedAlone).toBeGreaterThan(0);
  });

  it('uses nothing alone of a window of which another used more than its share', async () => {
    await using proxy = await openFaultProxy({ target: redisTarget() });
    const backend = newBackend();
    const rule = { limit: 10, windowMs };
    const [first, second] = await openServices([backend.connect(), backend.connect(through(proxy))]);
    for (let use = 0; use < 3; use += 1) expect((await first!.take('ana', rule, 3)).allowed).toBe(true);
    await proxy.down();
    expect(await second!.take('ana', rule)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 3000 });
    expect(await second!.take('rui', rule)).toMatchObject({ allowed: true, remaining: 4 });
  });

  it('has its share while another service is silent, soon without waiting, and all when that one is forgotten', async () => {
    await using proxy = await openFaultProxy({ target: redisTarget() });
    const backend = newBackend();
    let own = 0;
    const [first, second] = await openServices([backend.connect(), backend.connect(through(proxy))], () => own);
    const rule = { limit: 10, windowMs: 10 * windowMs };
    await proxy.down();
    expect(await first!.take('ana', rule, 6)).toEqual({ allowed: false, remaining: 5, retryAfterMs: 3000 });
    expect(await first!.take('ana', rule, 5)).toMatchObject({ allowed: true });
    const start = performance.now();
    for (let call = 0; call < 10; call += 1) {
      expect(await first!.take('ana', rule)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 3000 });
    }
    expect(performance.now() - start).toBeLessThan(10 * 300);
    expect(await second!.take('ana', rule, 5)).toMatchObject({ allowed: true, remaining: 0 });
    own += 2 * 60_000 + 1;
    expect(await first!.take('ana', rule, 5)).toMatchObject({ allowed: true, remaining: 0 });
  });

  it.each(['known', 'another'])(
    'counts uses of the window %s once, though Redis is told of them twice',
    async (known) => {
      const { prefix, run } = newBackend().connect();
      const window = `${prefix}limit:ana`;
      await run((redis) => redis.hset(window, { id: 'known', ends: Number.MAX_SAFE_INTEGER, used: 2, 'own:me': 2 }));
      const common = ['me', 60_000, '', 'ana', `${prefix}limits:asked`, 'fresh', '', 10, windowMs, 0];
      const tell = (unsent: number) =>
        run((redis) => takeScript(redis, [`${prefix}limits:services`, window], [...common, known, 1000, 2, unsent]));
      for (const unsent of [3, 3, 4]) await tell(unsent);
      expect(await run((redis) => redis.hmget(window, 'used', 'own:me'))).toEqual(['6', '6']);
    },
  );

  it('has all at once when the other service was closed', async () => {
    const backend = newBackend();
    const [first, second] = await openServices([backend.connect(), backend.connect()]);
    await second![Symbol.asyncDispose]();
    expect(await first!.take('ana', { limit: 10, windowMs }, 10)).toMatchObject({ allowed: true });
  });

  it('bears whatever is published where services ask each other', async () => {
    const backend = newBackend();
    const connection = backend.connect();
    const [limits] = await openServices([connection]);
    const channel = `${backend.prefix}limits:asked`;
    await eventually(async () =>
      expect(await connection.run((redis) => redis.publish(channel, 'junk'))).toBeGreaterThan(0),
    );
    for (const junk of ['null', '{}', '[1', '{"name":1,"id":"x","left":1}']) {
      await connection.run((redis) => redis.publish(channel, junk));
    }
    expect(await limits!.take('ana', { limit: 1, windowMs })).toMatchObject({ allowed: true });
  });
});
