import { expect, it } from 'vitest';
import { createMemoryRateLimits } from '../../src/services/rate-limits/memory-rate-limits.ts';
import { rateLimitsContract } from '../contracts/rate-limits-contract.ts';

let clock = 0;
const now = (): number => clock;

rateLimitsContract('memory', {
  open: async () => createMemoryRateLimits({ now }),
  openPair: null,
  passTime: async (milliseconds) => void (clock += milliseconds),
});

it('forgets the name that was counted first when there are too many', async () => {
  const limits = createMemoryRateLimits({ now, maxNames: 2 });
  const rule = { limit: 1, windowMs: 1000 };
  for (const name of ['a', 'b', 'c']) await limits.take(name, rule);
  const refused = await Promise.all(['c', 'b', 'a'].map(async (name) => !(await limits.take(name, rule)).allowed));
  expect(refused).toEqual([true, true, false]);
});
