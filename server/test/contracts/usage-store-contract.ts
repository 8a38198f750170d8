import { expect } from 'vitest';
import type { UsageEntry } from '../../src/models/usage.ts';
import type { UsageStore } from '../../src/ports/usage-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface UsageStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one empty store. */
  openPair(): Promise<AsyncDisposable & { first: UsageStore; second: UsageStore }>;
}

const entry: UsageEntry = {
  day: '2026-03-10',
  userId: 'usr_ana',
  keyId: 'k1',
  model: 'nano',
  requests: 1,
  promptTokens: 100,
  cachedTokens: 40,
  completionTokens: 7,
};
const counts = { requests: 1, promptTokens: 100, cachedTokens: 40, completionTokens: 7 };
const everything = { from: '2026-01-01', to: '2026-12-31', userId: null };
const page = { limit: 100, after: null };

export const usageStoreContract = defineContract<UsageStoreHarness>('usage store', (it, { openPair }) => {
  it('sums what two clients add at once', async () => {
    await using pair = await openPair();
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? pair.first : pair.second).add([entry])));
    const { items } = await pair.second.list(everything, page);
    expect(items).toEqual([{ ...entry, requests: 20, promptTokens: 2000, cachedTokens: 800, completionTokens: 140 }]);
  });

  it('keeps days, users, keys and models apart, newest day first', async () => {
    await using pair = await openPair();
    const others = [
      { ...entry, day: '2026-03-11' },
      { ...entry, userId: 'usr_bia' },
      { ...entry, keyId: null },
      { ...entry, model: 'llama3.2:1b' },
    ];
    await pair.first.add([entry, ...others]);
    const { items } = await pair.first.list(everything, page);
    expect(items).toHaveLength(5);
    expect(items[0]?.day).toBe('2026-03-11');
    expect(items).toContainEqual({ ...entry, keyId: null });
    expect(await pair.first.total(everything)).toEqual({
      requests: 5,
      promptTokens: 500,
      cachedTokens: 200,
      completionTokens: 35,
    });
  });

  it('filters by days, user and key', async () => {
    await using pair = await openPair();
    await pair.first.add([entry, { ...entry, keyId: null }, { ...entry, day: '2026-03-12', userId: 'usr_bia' }]);
    const ana = { ...everything, userId: 'usr_ana' };
    expect((await pair.first.list(ana, page)).items).toHaveLength(2);
    expect((await pair.first.list({ ...ana, keyId: 'k1' }, page)).items).toEqual([entry]);
    expect((await pair.first.list({ ...everything, from: '2026-03-11' }, page)).items).toHaveLength(1);
    expect((await pair.first.list({ ...everything, to: '2026-03-09' }, page)).items).toEqual([]);
    expect(await pair.first.total({ ...ana, keyId: 'k1' })).toEqual(counts);
    expect(await pair.first.total({ ...everything, userId: 'usr_nobody' })).toEqual({
      requests: 0,
      promptTokens: 0,
      cachedTokens: 0,
      completionTokens: 0,
    });
  });

  it('lists page by page, everything once', async () => {
    await using pair = await openPair();
    const days = Array.from({ length: 7 }, (_, index) => ({ ...entry, day: `2026-03-0${index + 1}` }));
    await pair.first.add(days);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { items, next } = await pair.first.list(everything, { limit: 3, after });
      seen.push(...items.map(({ day }) => day));
      after = next;
    } while (after !== null);
    expect(seen).toEqual(days.map(({ day }) => day).toReversed());
    await expect(pair.first.list(everything, { limit: 3, after: 'WzFd' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
