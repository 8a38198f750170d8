import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openRedisCache } from '../../src/services/cache/redis-cache.ts';
import { cacheContract } from '../contracts/cache-contract.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/fault-proxy.ts';
import { type RedisBackend, redisBackend, redisTarget, redisUrl, through } from '../support/redis.ts';

describe.skipIf(redisUrl === '')('a real Redis (set BILLUMY_TEST_REDIS_URL to the address of one to run it)', () => {
  const backends: RedisBackend[] = [];
  const newBackend = (): RedisBackend => {
    const backend = redisBackend();
    backends.push(backend);
    return backend;
  };
  afterAll(() => Promise.all(backends.map((backend) => backend[Symbol.asyncDispose]())));

  cacheContract('Redis', {
    open: async () => openRedisCache({ connection: newBackend().connect() }),
    // Redis counts whole milliseconds, and a timer may fire one early.
    passTime: (milliseconds) => pause(milliseconds + 5),
  });

  it('shares values and deletes between services, and keeps those of another prefix apart', async () => {
    const backend = newBackend();
    const [first, second] = [backend, backend].map((each) => openRedisCache({ connection: each.connect() }));
    const other = openRedisCache({ connection: newBackend().connect() });
    await first!.set('key', 'value', 60_000);
    expect(await second!.get('key')).toBe('value');
    expect(await other.get('key')).toBeUndefined();
    await second!.delete('key');
    expect(await first!.get('key')).toBeUndefined();
  });

  it('does not keep a value that is too large, nor the one before it', async () => {
    const cache = openRedisCache({ connection: newBackend().connect(), maxValueBytes: 10 });
    await cache.set('key', '0123456789', 60_000);
    expect(await cache.get('key')).toBe('0123456789');
    await cache.set('key', 'ção é maior', 60_000);
    expect(await cache.get('key')).toBeUndefined();
  });

  describe('while Redis is away', () => {
    const cutOff = async () => {
      const proxy = await openFaultProxy({ target: redisTarget() });
      const backend = newBackend();
      const cache = openRedisCache({ connection: backend.connect(through(proxy)) });
      const other = openRedisCache({ connection: backend.connect() });
      return { proxy, cache, other };
    };

    it('finds nothing and keeps nothing, and finds what is there when Redis is back', async () => {
      const { proxy, cache } = await cutOff();
      await using _ = proxy;
      await cache.set('kept', 'value', 60_000);
      await proxy.down();
      expect(await cache.get('kept')).toBeUndefined();
      await cache.set('lost', 'value', 60_000);
      expect(await cache.get('lost')).toBeUndefined();
      await proxy.up();
      await eventually(async () => expect(await cache.get('kept')).toBe('value'));
      expect(await cache.get('lost')).toBeUndefined();
    });

    it('does not give out again what it was told to delete or replace', async () => {
      const { proxy, cache, other } = await cutOff();
      await using _ = proxy;
      for (const key of ['kept', 'deleted', 'replaced']) await cache.set(key, 'old', 60_000);
      await proxy.down();
      await cache.delete('deleted');
      await cache.set('replaced', 'new', 60_000);
      await proxy.up();
      await eventually(async () => {
        expect(await cache.get('deleted')).toBeUndefined();
        expect(await cache.get('replaced')).toBeUndefined();
        expect(await cache.get('kept')).toBe('old');
      });
      // Nobody asked for it: what was missed is done as soon as Redis is back.
      expect(await other.get('deleted')).toBeUndefined();
      await cache.set('deleted', 'new', 60_000);
      expect(await cache.get('deleted')).toBe('new');
    });

    it('forgets everything when it could not delete too much', async () => {
      const { proxy, cache, other } = await cutOff();
      await using _ = proxy;
      for (const key of ['key 10', 'key 10500', 'bystander']) await cache.set(key, 'old', 60_000);
      await proxy.down();
      for (let index = 0; index <= 10_500; index += 1) await cache.delete(`key ${index}`);
      await proxy.up();
      await eventually(async () => expect(await other.get('bystander')).toBeUndefined());
      expect([await cache.get('key 10'), await cache.get('key 10500')]).toEqual([undefined, undefined]);
      await cache.set('key 10500', 'new', 60_000);
      expect(await cache.get('key 10500')).toBe('new');
    });
  });
});
