import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSqliteJobQueue } from '../../src/db/sqlite/sqlite-job-queue.ts';
import { openRedisCache } from '../../src/services/cache/redis-cache.ts';
import { openBullJobQueue } from '../../src/services/queue/bull-job-queue.ts';
import { openRedisRateLimits } from '../../src/services/rate-limits/redis-rate-limits.ts';
import { openRedisConnection, type RedisConnection } from '../../src/services/redis/redis-connection.ts';
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts';
import { redisBackend, redisTarget, redisUrl, through } from '../support/redis.ts';
import { openScriptedRedis } from '../support/scripted-redis.ts';
import { shownHealth } from '../support/shown-health.ts';
import { sqliteBackend } from '../support/sqlite-backend.ts';
import { hasRedisServer, startRedis } from '../support/start-redis.ts';

const recoveryMs = 5000;
const rule = { limit: 1000, windowMs: 60_000 };
const newJob = { kind: 'ingest', ownerId: 'usr_1', payload: {}, total: 1 } as const;

/** Everything that uses Redis, over one connection, as in a service. */
async function openAll(connection: RedisConnection) {
  const sqlite = await sqliteBackend((database) => openSqliteJobQueue({ database, now: () => new Date() }));
  const records = await sqlite.open();
  const parts = {
    cache: openRedisCache({ connection }),
    limits: openRedisRateLimits({ connection }),
    jobs: openBullJobQueue({ records, connection, now: () => new Date() }),
  };
  return {
    ...parts,
    /** One call of each kind; rejects when one does. */
    async useAll(): Promise<void> {
      await parts.cache.set('key', 'value', 60_000);
      await parts.cache.get('key');
      expect((await parts.limits.take('ana', rule)).allowed).toBe(true);
      await parts.jobs.enqueue(newJob);
      expect(await parts.jobs.claim(['ingest'], 10_000)).toBeDefined();
    },
    async [Symbol.asyncDispose]() {
      for (const part of [...Object.values(parts), records, sqlite]) await part[Symbol.asyncDispose]();
    },
  };
}

const unhandled: unknown[] = [];
const noteUnhandled = (reason: unknown): void => void unhandled.push(reason);
const consoles = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));

beforeEach(() => void process.on('unhandledRejection', noteUnhandled));
afterEach(() => {
  process.off('unhandledRejection', noteUnhandled);
  expect(unhandled).toEqual([]);
  for (const each of consoles) expect(each.mock.calls).toEqual([]);
});
afterAll(() => vi.restoreAllMocks());

async function within(milliseconds: number, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  expect(performance.now() - start).toBeLessThan(milliseconds);
}

describe.skipIf(redisUrl === '')('a real Redis (set BILLUMY_TEST_REDIS_URL to the address of one to run it)', () => {
  const faults: Record<string, { begin(proxy: FaultProxy): unknown; end(proxy: FaultProxy): unknown }> = {
    'is down': { begin: (proxy) => proxy.down(), end: (proxy) => proxy.up() },
    'accepts connections and never answers': {
      begin: (proxy) => proxy.blackhole(true),
      end: (proxy) => proxy.blackhole(false),
    },
    'answers after ten seconds': { begin: (proxy) => proxy.delay(10_000), end: (proxy) => proxy.delay(0) },
    'breaks each connection within its first answer': {
      begin: (proxy) => {
        proxy.cutAfter(20);
        proxy.cut();
      },
      end: (proxy) => proxy.cutAfter(Infinity),
    },
  };

  it.each(Object.keys(faults))(
    'works while Redis %s, from the start or midway, and uses it when it is back',
    async (name) => {
      const { begin, end } = faults[name]!;
      await using proxy = await openFaultProxy({ target: redisTarget() });
      await using backend = redisBackend();
      await begin(proxy);
      const connection = backend.connectImpatiently(through(proxy));
      await using all = await openAll(connection);
      for (const when of ['from the start', 'midway']) {
        // What is under way when it begins may wait; from then on nothing does.
        await within(2500, all.useAll);
        await within(1000, async () => {
          for (let call = 0; call < 50; call += 1) {
            await all.cache.get('key');
            await all.limits.take('ana', rule);
          }
        });
        expect(shownHealth(await connection.check()), when).toMatchObject({
          status: 'degraded',
          why: expect.stringMatching(/^Redis (?:cannot be reached \([A-Z]+\)|does not answer): /) as string,
        });
        await end(proxy);
        await vi.waitFor(
          async () => {
            expect((await connection.check()).status).toBe('ok');
            await all.cache.set('key', 'value', 60_000);
            expect(await all.cache.get('key')).toBe('value');
          },
          { timeout: recoveryMs, interval: 20 },
        );
        await all.useAll();
        if (when === 'from the start') await begin(proxy);
      }
      expect(proxy.stats.faults + Number(name === 'is down')).toBeGreaterThan(0);
    },
  );

  it('bears connections that are cut again and again while it is used', async () => {
    await using proxy = await openFaultProxy({ target: redisTarget() });
    await using backend = redisBackend();
    const connection = backend.connectImpatiently(through(proxy));
    await using all = await openAll(connection);
    for (let round = 0; round < 20; round += 1) {
      await vi.waitFor(async () => expect((await connection.check()).status).toBe('ok'), recoveryMs);
      const working = Promise.all([all.useAll(), all.useAll()]);
      if (round % 2 === 0) await new Promise(setImmediate);
      proxy.cut();
      await working;
    }
    expect(proxy.stats.faults).toBeGreaterThanOrEqual(20);
  });

  it('works when everything comes in pieces', async () => {
    await using proxy = await openFaultProxy({ target: redisTarget() });
    await using backend = redisBackend();
    proxy.slice(3);
    await using all = await openAll(backend.connect(through(proxy)));
    await all.useAll();
    expect(await all.cache.get('key')).toBe('value');
  });

  it('closes twice, before use, and while Redis is away', async () => {
    for (const url of [redisUrl, 'redis://127.0.0.1:1']) {
      const connection = openRedisConnection({ url, prefix: 'billumy_test_closing:' });
      const all = await openAll(connection);
      await all.cache.get('key');
      for (const part of [all.jobs, all.limits, all.cache, connection, connection]) await part[Symbol.asyncDispose]();
      await all[Symbol.asyncDispose]();
      expect(await all.cache.get('key')).toBeUndefined();
      expect((await all.limits.take('ana', rule)).allowed).toBe(true);
    }
  });
});

it('works while something else answers in place of Redis', async () => {
  await using server = await openScriptedRedis(() => '<html>\r\n%$*junk\u0000\r\n');
  await using connection = openRedisConnection({ url: server.url });
  await using all = await openAll(connection);
  await within(2500, all.useAll);
  expect(await connection.check()).toMatchObject({ status: 'degraded' });
});

describe.skipIf(redisUrl === '' || !hasRedisServer)(
  'other Redis servers (set BILLUMY_TEST_REDIS_URL, and install redis-server, to run them)',
  () => {
    it.each([
      ['out of memory', ['--maxmemory', '1', '--maxmemory-policy', 'noeviction']],
      ['asking for another password', ['--requirepass', 'geheim']],
      ['a replica without its primary', ['--replicaof', '127.0.0.1 1']],
    ])('works while Redis is %s', async (_, options) => {
      await using server = await startRedis(...options);
      await using connection = openRedisConnection({ url: server.url });
      await using all = await openAll(connection);
      await within(2500, all.useAll);
      await within(1500, async () => {
        for (let call = 0; call < 50; call += 1) {
          await all.cache.get('key');
          await all.limits.take('ana', rule);
        }
      });
      expect((await connection.check()).status).toBe('degraded');
    });

    it('deletes what it cannot replace when memory is full', async () => {
      await using server = await startRedis('--maxmemory-policy', 'noeviction');
      await using connection = openRedisConnection({ url: server.url });
      const cache = openRedisCache({ connection });
      await cache.set('key', 'old', 60_000);
      await connection.run((redis) => redis.config('SET', 'maxmemory', '1'));
      await cache.set('key', 'new', 60_000);
      await connection.run((redis) => redis.config('SET', 'maxmemory', '0'));
      expect(await cache.get('key')).toBeUndefined();
      await cache.set('key', 'new', 60_000);
      expect(await cache.get('key')).toBe('new');
    });
  },
);
