import { describe, expect, it } from 'vitest';
import { createPrincipalCache, type Verified } from '../../../src/core/auth/principal-cache.ts';
import type { Principal } from '../../../src/models/principal.ts';
import { ana } from '../../support/principals.ts';

const rui = { ...ana, userId: 'usr_rui' };

function openCache() {
  let clock = 0;
  const cache = createPrincipalCache(() => new Date(clock));
  const load =
    (principal: Principal, expiresAt: Date | null = null) =>
    async (): Promise<Verified> => ({ principal, expiresAt });
  const unexpected = async (): Promise<never> => {
    throw new Error('unexpected load');
  };
  return { cache, load, unexpected, passTime: (milliseconds: number) => void (clock += milliseconds) };
}

describe('the cache of principals', () => {
  it('loads once in five seconds, each token for itself', async () => {
    const { cache, load, unexpected, passTime } = openCache();
    expect(await cache.get('a', load(ana))).toBe(ana);
    expect(await cache.get('b', load(rui))).toBe(rui);
    passTime(4999);
    expect(await cache.get('a', unexpected)).toBe(ana);
    expect(await cache.get('b', unexpected)).toBe(rui);
    passTime(1);
    expect(await cache.get('a', load(rui))).toBe(rui);
  });

  it('keeps nobody longer than their token', async () => {
    const { cache, load, unexpected, passTime } = openCache();
    await cache.get('a', load(ana, new Date(2000)));
    passTime(1999);
    expect(await cache.get('a', unexpected)).toBe(ana);
    passTime(1);
    await expect(cache.get('a', unexpected)).rejects.toThrow('unexpected load');
  });

  it('keeps no refusal', async () => {
    const { cache, load, unexpected } = openCache();
    await expect(cache.get('a', unexpected)).rejects.toThrow('unexpected load');
    expect(await cache.get('a', load(ana))).toBe(ana);
  });

  it('does not keep what was being read while something was revoked', async () => {
    const { cache, load, unexpected } = openCache();
    let finish: (verified: Verified) => void = () => undefined;
    const reading = cache.get('a', () => new Promise((resolve) => (finish = resolve)));
    cache.clear();
    finish({ principal: ana, expiresAt: null });
    expect(await reading).toBe(ana);
    await expect(cache.get('a', unexpected)).rejects.toThrow('unexpected load');
    expect(await cache.get('a', load(rui))).toBe(rui);
  });

  it('forgets everybody when something is revoked', async () => {
    const { cache, load, unexpected } = openCache();
    await cache.get('a', load(ana));
    cache.clear();
    await expect(cache.get('a', unexpected)).rejects.toThrow('unexpected load');
  });
});
