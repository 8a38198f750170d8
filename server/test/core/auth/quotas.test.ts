import { beforeEach, describe, expect, it } from 'vitest';
import { createQuotas, type Quotas } from '../../../src/core/auth/quotas.ts';
import type { Principal } from '../../../src/models/principal.ts';
import { createMemoryRateLimits } from '../../../src/services/rate-limits/memory-rate-limits.ts';
import { ana } from '../../support/principals.ts';

const dayMs = 24 * 60 * 60 * 1000;
const login: Principal = ana;
const key: Principal = { ...login, keyId: 'k1', tokensPerDay: 1000 };
const refusal = { code: 'quota_exceeded', retryAfterSeconds: 86_400, detail: 'This key may use 1000 tokens per day.' };

let clock = 0;
let quotas: Quotas;
beforeEach(() => {
  quotas = createQuotas(createMemoryRateLimits({ now: () => clock }));
});

describe('quotas', () => {
  it('let a login do as much as it likes', async () => {
    await quotas.admit(login);
    await quotas.chargeTokens(login, 1_000_000_000);
    await quotas.assertTokensLeft(login);
  });

  it('refuse when the tokens of the day are used up, until the day is over', async () => {
    await quotas.assertTokensLeft(key);
    await quotas.chargeTokens(key, 999);
    await quotas.assertTokensLeft(key);
    await quotas.chargeTokens(key, 1);
    await expect(quotas.assertTokensLeft(key)).rejects.toMatchObject(refusal);
    clock += dayMs;
    await quotas.assertTokensLeft(key);
  });

  it('charge an answer that needed more than was left with all that was left', async () => {
    await quotas.chargeTokens(key, 700);
    await quotas.chargeTokens(key, 5000);
    await expect(quotas.assertTokensLeft(key)).rejects.toMatchObject(refusal);
  });

  it('lose no charge of many answers at once', async () => {
    await Promise.all(Array.from({ length: 9 }, () => quotas.chargeTokens(key, 111)));
    await quotas.assertTokensLeft(key);
    await quotas.chargeTokens(key, 1);
    await expect(quotas.assertTokensLeft(key)).rejects.toMatchObject(refusal);
  });

  it('charge nothing for an answer without tokens', async () => {
    await quotas.chargeTokens({ ...key, tokensPerDay: 1 }, 0);
    await quotas.assertTokensLeft({ ...key, tokensPerDay: 1 });
  });

  it('count each key alone', async () => {
    await quotas.chargeTokens(key, 1000);
    await quotas.assertTokensLeft({ ...key, keyId: 'k2' });
  });
});
