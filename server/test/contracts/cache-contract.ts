import { expect } from 'vitest';
import type { Cache } from '../../src/ports/cache.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface CacheHarness {
  deviations?: readonly Deviation[];
  /** A new, empty cache. */
  open(): Promise<Cache>;
  passTime(milliseconds: number): Promise<void>;
}

export const cacheContract = defineContract<CacheHarness>('cache', (it, { open, passTime }) => {
  it('gives back what was set, and nothing for another key', async () => {
    await using cache = await open();
    await cache.set('chave', 'ação 💥', 60_000);
    expect(await cache.get('chave')).toBe('ação 💥');
    expect(await cache.get('Chave')).toBeUndefined();
  });

  it('keeps an empty value apart from an absent one', async () => {
    await using cache = await open();
    await cache.set('key', '', 60_000);
    expect(await cache.get('key')).toBe('');
  });

  it('replaces value and time to live', async () => {
    await using cache = await open();
    await cache.set('key', 'old', 1000);
    await cache.set('key', 'new', 60_000);
    await passTime(2000);
    expect(await cache.get('key')).toBe('new');
  });

  it('never gives a value older than its time to live', async () => {
    await using cache = await open();
    await cache.set('key', 'value', 1000);
    await passTime(1000);
    expect(await cache.get('key')).toBeUndefined();
  });

  it('does not keep a value longer because it was read', async () => {
    await using cache = await open();
    await cache.set('key', 'value', 1000);
    await passTime(600);
    await cache.get('key');
    await passTime(600);
    expect(await cache.get('key')).toBeUndefined();
  });

  it('takes a time to live of nothing as a delete', async () => {
    await using cache = await open();
    await cache.set('key', 'old', 60_000);
    await cache.set('key', 'new', 0);
    expect(await cache.get('key')).toBeUndefined();
  });

  it('deletes a key, also an absent one', async () => {
    await using cache = await open();
    await cache.set('key', 'value', 60_000);
    await cache.delete('key');
    await cache.delete('key');
    expect(await cache.get('key')).toBeUndefined();
  });

  it('closes twice, and before use', async () => {
    const cache = await open();
    await cache[Symbol.asyncDispose]();
    await cache[Symbol.asyncDispose]();
    expect(cache.traits.kind).not.toBe('');
  });
});
