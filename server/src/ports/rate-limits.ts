/** Counts uses of a name in windows of time; correct when many callers count at once. */
export interface RateLimits {
  /** Uses `cost` of the allowance; refuses, using nothing, when it would go over the limit. */
  take(name: string, rule: RateRule, cost?: number): Promise<RateDecision>;
  /** Gives the allowance back, e.g. after a login with the right password. */
  reset(name: string): Promise<void>;
}

export interface RateRule {
  limit: number;
  windowMs: number;
}

export interface RateDecision {
  allowed: boolean;
  remaining: number;
  /** 0 when allowed. */
  retryAfterMs: number;
}
