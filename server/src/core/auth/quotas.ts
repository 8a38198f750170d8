import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { Principal } from '../../models/principal.ts';
import type { RateDecision, RateLimits } from '../../ports/rate-limits.ts';

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** The limits that an API key carries; a login has none. All reject with `quota_exceeded`. */
export interface Quotas {
  /** Counts one request. */
  admit(principal: Principal): Promise<void>;
  /** Before a language model works: some of the tokens of the day must be left. */
  assertTokensLeft(principal: Principal): Promise<void>;
  /** After it worked: counts prompt and completion. More than what is left uses up what is left; never rejects for it. */
  chargeTokens(principal: Principal, tokens: number): Promise<void>;
}

export function createQuotas(rateLimits: RateLimits): Quotas {
  const takeTokens = (principal: Principal, limit: number, tokens: number): Promise<RateDecision> =>
    rateLimits.take(`key:tokens:${principal.keyId}`, { limit, windowMs: dayMs }, tokens);
  return {
    async admit({ keyId, requestsPerMinute }) {
      if (requestsPerMinute === null) return;
      const rule = { limit: requestsPerMinute, windowMs: minuteMs };
      refuse(await rateLimits.take(`key:requests:${keyId}`, rule), told`${requestsPerMinute} requests per minute`);
    },
    async assertTokensLeft(principal) {
      const { tokensPerDay } = principal;
      if (tokensPerDay !== null)
        refuse(await takeTokens(principal, tokensPerDay, 0), told`${tokensPerDay} tokens per day`);
    },
    async chargeTokens(principal, tokens) {
      let cost = tokens;
      while (principal.tokensPerDay !== null && cost > 0) {
        const { allowed, remaining } = await takeTokens(principal, principal.tokensPerDay, cost);
        cost = allowed ? 0 : remaining;
      }
    },
  };
}

function refuse({ allowed, retryAfterMs }: RateDecision, limit: Told): void {
  if (allowed) return;
  throw new AppError('quota_exceeded', {
    detail: told`This key may use ${limit}.`,
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
  });
}
