import { describe, expect, it } from 'vitest';
import { createMetering } from '../../../src/core/usage/metering.ts';
import { createUsage } from '../../../src/core/usage/usage.ts';
import { openDatabase } from '../../../src/db/sqlite/database.ts';
import { createSqliteUsageStore } from '../../../src/db/sqlite/sqlite-usage-store.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { UsageEntry } from '../../../src/models/usage.ts';
import type { UsageStore } from '../../../src/ports/usage-store.ts';
import { ana } from '../../support/principals.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const now = (): Date => new Date('2026-03-10T23:59:59Z');
const used = { model: 'nano', usage: { promptTokens: 10, cachedTokens: 4, completionTokens: 3 } };
const days = { from: '2026-03-01', to: '2026-03-31' };
const page = { limit: 10, after: null };
const admin = { ...ana, userId: 'usr_admin', role: 'admin' as const, scopes: ['admin' as const] };

async function openUsage() {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder.file('data.db'));
  const usage = createUsage({
    usage: createSqliteUsageStore(database),
    now,
    onError: (error) => expect.unreachable(String(error)),
  });
  return {
    usage,
    async [Symbol.asyncDispose]() {
      await usage[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('usage', () => {
  it('shows what was used a moment ago: a key its own, an account its own, an administrator all', async () => {
    await using opened = await openUsage();
    const { usage } = opened;
    const key = { ...ana, keyId: 'k1' };
    usage.record(ana, used);
    usage.record(key, used);
    usage.record(key, used);
    usage.record({ ...ana, userId: 'usr_bia' }, used);
    expect((await usage.report(key, days, page)).total.requests).toBe(2);
    expect((await usage.report(ana, days, page)).total).toEqual({
      requests: 3,
      promptTokens: 30,
      cachedTokens: 12,
      completionTokens: 9,
    });
    expect((await usage.report(ana, { ...days, userId: 'usr_bia' }, page)).total.requests).toBe(3);
    expect((await usage.report(admin, days, page)).total.requests).toBe(4);
    expect((await usage.report(admin, { ...days, userId: 'usr_bia' }, page)).entries.items).toHaveLength(1);
  });

  it('is stored when the service ends, and kept when storing fails', async () => {
    const stored: UsageEntry[] = [];
    const errors: unknown[] = [];
    let works = false;
    const store: UsageStore = {
      async add(entries) {
        if (!works) throw new AppError('disk_full');
        stored.push(...entries);
      },
      list: async () => ({ items: stored, next: null }),
      total: async () => ({ requests: 0, promptTokens: 0, cachedTokens: 0, completionTokens: 0 }),
    };
    const usage = createUsage({ usage: store, now, onError: (error) => errors.push(error) });
    usage.record(ana, used);
    await usage.report(ana, days, page);
    expect(errors).toMatchObject([{ code: 'disk_full' }]);
    works = true;
    usage.record(ana, used);
    await usage[Symbol.asyncDispose]();
    expect(stored).toEqual([
      {
        day: '2026-03-10',
        userId: 'usr_ana',
        keyId: null,
        model: 'nano',
        requests: 2,
        promptTokens: 20,
        cachedTokens: 8,
        completionTokens: 6,
      },
    ]);
  });

  it('is counted against the quota too', async () => {
    const taken: number[] = [];
    const recorded: unknown[] = [];
    const quotas = {
      admit: async () => {},
      assertTokensLeft: async () => {},
      chargeTokens: async (_: unknown, tokens: number) => void taken.push(tokens),
    };
    const metering = createMetering(quotas, { record: (_principal, what) => void recorded.push(what) });
    await metering.charge(ana, used);
    expect({ taken, recorded }).toEqual({ taken: [13], recorded: [used] });
  });
});
