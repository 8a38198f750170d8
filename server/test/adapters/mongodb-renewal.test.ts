import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openRenewal } from '../../src/db/mongodb/renewal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('renews all keys at every interval, also after a failure, until there is none', async () => {
  const renewed: string[][] = [];
  const renewal = openRenewal(1000, async (keys) => {
    renewed.push(keys);
    throw new Error('the server is away');
  });
  renewal.add('one');
  renewal.add('other');
  await vi.advanceTimersByTimeAsync(2000);
  renewal.remove('one');
  await vi.advanceTimersByTimeAsync(1000);
  renewal.remove('other');
  await vi.advanceTimersByTimeAsync(5000);
  expect(renewed).toEqual([['one', 'other'], ['one', 'other'], ['other']]);
  renewal.add('again');
  await vi.advanceTimersByTimeAsync(1000);
  expect(renewed.at(-1)).toEqual(['again']);
  renewal.remove('again');
});
