import { AppError } from '../../errors/app-error.ts';
import type { RateLimits, RateRule } from '../../ports/rate-limits.ts';
import { sha256 } from './secret-text.ts';

const freeAttempts = 5;
const firstWaitMs = 1000;
const longestWaitMs = 15 * 60 * 1000;
const memoryMs = 24 * 60 * 60 * 1000;

const freeRule: RateRule = { limit: freeAttempts, windowMs: memoryMs };
/** Counts only: it never refuses. */
const roundRule: RateRule = { limit: Number.MAX_SAFE_INTEGER, windowMs: memoryMs };

export interface LoginThrottle {
  /**
   * Asks for one attempt at the password of an account; rejects with `too_many_attempts`, which counts for nothing, so
   * that hammering does not make the owner wait longer.
   */
  admit(username: string): Promise<void>;
  /** After the right password: the account starts afresh. */
  forgive(username: string): Promise<void>;
}

/**
 * Per account, not per address, which attackers have many of: a few attempts are free, then one attempt is admitted
 * per wait, and each wait is twice the one before, up to 15 minutes. An attempt is counted before the password is
 * checked, so that many at once are not free. Accounts that do not exist are treated alike.
 */
export function createLoginThrottle(rateLimits: RateLimits): LoginThrottle {
  return {
    async admit(username) {
      const { free, rounds, gate } = namesOf(username);
      if ((await rateLimits.take(free, freeRule)).allowed) return;
      const { remaining } = await rateLimits.take(rounds, roundRule, 0);
      const passed = roundRule.limit - remaining;
      const windowMs = Math.min(firstWaitMs * 2 ** passed, longestWaitMs);
      const { allowed, retryAfterMs } = await rateLimits.take(gate, { limit: 1, windowMs });
      if (!allowed) throw new AppError('too_many_attempts', { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) });
      await rateLimits.take(rounds, roundRule);
    },
    async forgive(username) {
      await Promise.all(Object.values(namesOf(username)).map((name) => rateLimits.reset(name)));
    },
  };
}

function namesOf(username: string): { free: string; rounds: string; gate: string } {
  const account = sha256(username);
  return { free: `login:free:${account}`, rounds: `login:rounds:${account}`, gate: `login:gate:${account}` };
}
