import type { TokenUsage } from '../../models/language-model.ts';
import type { Principal } from '../../models/principal.ts';

/** What callers use of models: counted against the quota of the key, and kept for the account. */
export interface Metering {
  /** Rejects with `quota_exceeded` when nothing is left for today. */
  assertTokensLeft(principal: Principal): Promise<void>;
  /** Never rejects for what was used up. */
  charge(principal: Principal, used: { model: string; usage: TokenUsage }): Promise<void>;
}
