import type { TokenUsage } from '../../models/language-model.ts';
import type { Principal } from '../../models/principal.ts';
import type { Quotas } from '../auth/quotas.ts';
import type { Usage } from './usage.ts';

/** What callers use of models: counted against the quota of the key, and kept. */
export interface Metering {
  /** Rejects with `quota_exceeded` when nothing is left for today. */
  assertTokensLeft(principal: Principal): Promise<void>;
  /** Never rejects because more was used than was left. */
  charge(principal: Principal, used: { model: string; usage: TokenUsage }): Promise<void>;
}

export function createMetering(quotas: Quotas, usage: Pick<Usage, 'record'>): Metering {
  return {
    assertTokensLeft: quotas.assertTokensLeft,
    async charge(principal, used) {
      usage.record(principal, used);
      await quotas.chargeTokens(principal, used.usage.promptTokens + used.usage.completionTokens);
    },
  };
}
