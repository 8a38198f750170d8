/**
 * Counts uses of a name in windows of time; correct when many callers count at once. A window opens with the first use
 * of a name, lasts as long as the rule says then, and is forgotten when it is over.
 */
export interface RateLimits {
  /**
   * Uses `cost` of the allowance; refuses, using nothing, when it would go over the limit. A cost of 0 only asks:
   * refused when nothing is left, and opens no window.
   * @param cost a whole number, 1 by default
   */
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
  /** What is left of the allowance now. */
  remaining: number;
  /** 0 when allowed, else the time until the window is over. */
  retryAfterMs: number;
}
