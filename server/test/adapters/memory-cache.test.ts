import { expect, it } from 'vitest';
import { openMemoryCache } from '../../src/services/cache/memory-cache.ts';
import { cacheContract } from '../contracts/cache-contract.ts';

let clock = 0;
const now = (): number => clock;

cacheContract('memory', {
  open: async () => openMemoryCache({ now }),
  passTime: async (milliseconds) => void (clock += milliseconds),
});

it('gives way to new values when memory is full, the least recently used first', async () => {
  await using cache = openMemoryCache({ now, maxBytes: 10_000 });
  const value = 'x'.repeat(1000);
  for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, value, 60_000);
  await cache.get('a');
  await cache.set('e', value, 60_000);
  const kept = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (key) => (await cache.get(key)) !== undefined));
  expect(kept).toEqual([true, false, true, true, true]);
});

it('does not throw everything out for a value that can never fit', async () => {
  await using cache = openMemoryCache({ now, maxBytes: 10_000 });
  await cache.set('a', 'small', 60_000);
  await cache.set('a-huge', 'x'.repeat(10_000), 60_000);
  expect(await cache.get('a')).toBe('small');
  expect(await cache.get('a-huge')).toBeUndefined();
});
