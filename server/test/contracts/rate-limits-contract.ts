import { expect } from 'vitest';
import type { RateLimits } from '../../src/ports/rate-limits.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface RateLimitsHarness {
  deviations?: readonly Deviation[];
  /** New limits of which nothing is used. */
  open(): Promise<RateLimits>;
  /** The same for two services that share the limits; null for limits of one process alone. */
  openPair: (() => Promise<[RateLimits, RateLimits]>) | null;
  passTime(milliseconds: number): Promise<void>;
}

const rule = { limit: 3, windowMs: 10_000 };

export const rateLimitsContract = defineContract<RateLimitsHarness>(
  'rate limits',
  (it, { open, openPair, passTime }) => {
    it('allows up to the limit, then says when to come back', async () => {
      const limits = await open();
      expect(await limits.take('ana', rule)).toEqual({ allowed: true, remaining: 2, retryAfterMs: 0 });
      await limits.take('ana', rule);
      await passTime(4000);
      expect(await limits.take('ana', rule)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
      expect(await limits.take('ana', rule)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 6000 });
    });

    it('counts each name alone', async () => {
      const limits = await open();
      await limits.take('ana', rule, 3);
      expect((await limits.take('rui', rule)).allowed).toBe(true);
    });

    it('starts afresh when the window is over', async () => {
      const limits = await open();
      await limits.take('ana', rule, 3);
      await passTime(9999);
      expect((await limits.take('ana', rule)).allowed).toBe(false);
      await passTime(1);
      expect(await limits.take('ana', rule)).toEqual({ allowed: true, remaining: 2, retryAfterMs: 0 });
    });

    it('does not prolong the window by using or being refused', async () => {
      const limits = await open();
      await limits.take('ana', rule);
      await passTime(5000);
      await limits.take('ana', rule, 2);
      await limits.take('ana', rule);
      await passTime(5000);
      expect((await limits.take('ana', rule)).remaining).toBe(2);
    });

    it('uses nothing when it refuses a cost', async () => {
      const limits = await open();
      await limits.take('ana', rule);
      expect(await limits.take('ana', rule, 3)).toEqual({ allowed: false, remaining: 2, retryAfterMs: 10_000 });
      expect(await limits.take('ana', rule, 2)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
    });

    it('refuses a cost above the limit, also at first', async () => {
      const limits = await open();
      expect(await limits.take('ana', rule, 4)).toMatchObject({ allowed: false, remaining: 3 });
      expect((await limits.take('ana', rule, 3)).allowed).toBe(true);
    });

    it('asks without using for a cost of 0, and refuses when nothing is left', async () => {
      const limits = await open();
      expect(await limits.take('ana', rule, 0)).toEqual({ allowed: true, remaining: 3, retryAfterMs: 0 });
      await passTime(4000);
      await limits.take('ana', rule, 3);
      expect(await limits.take('ana', rule, 0)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 10_000 });
    });

    it('allows exactly the limit to many at once', async () => {
      const limits = await open();
      const decisions = await Promise.all(Array.from({ length: 50 }, () => limits.take('ana', rule)));
      expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(3);
    });

    it('gives the allowance back', async () => {
      const limits = await open();
      await limits.take('ana', rule, 3);
      await limits.reset('ana');
      await limits.reset('absent');
      expect(await limits.take('ana', rule)).toEqual({ allowed: true, remaining: 2, retryAfterMs: 0 });
    });

    if (openPair === null) return;

    it('allows exactly the limit to two services at once', async () => {
      const pair = await openPair();
      for (const limit of [1, 3, 40]) {
        const decisions = await Promise.all(
          Array.from({ length: 100 }, (_, index) => pair[index % 2]!.take(`of ${limit}`, { limit, windowMs: 10_000 })),
        );
        expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(limit);
      }
    });

    it('allows the whole limit to one of two services', async () => {
      const [first, second] = await openPair();
      expect(await first.take('ana', rule, 2)).toEqual({ allowed: true, remaining: 1, retryAfterMs: 0 });
      expect(await first.take('ana', rule)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
      await passTime(4000);
      expect(await second.take('ana', rule)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 6000 });
      await second.reset('ana');
      expect(await first.take('ana', rule, 3)).toMatchObject({ allowed: true });
    });
  },
);
