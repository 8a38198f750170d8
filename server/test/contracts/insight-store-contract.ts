import { expect } from 'vitest';
import type { InsightReport } from '../../src/models/insight.ts';
import type { InsightStore } from '../../src/ports/insight-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface InsightStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: InsightStore; second: InsightStore }>;
}

const now = new Date(1_000_000);
const newReport = (id: string, changes: Partial<InsightReport> = {}): InsightReport => ({
  id,
  ownerId: 'usr_1',
  status: 'complete',
  language: 'pt',
  question: 'Por que a "receita" caiu?\u2028',
  datasets: [{ name: 'vendas', datasetId: 'dat_1' }],
  fingerprint: 'sha256:00',
  tables: [],
  warnings: [{ code: 'gap', table: 'vendas', column: '$a.b', count: 2 }],
  answer: null,
  insights: [],
  rejected: [{ reason: 'not_significant', count: 3 }],
  verification: { numbers: 1, fromSlots: 1, freeNumbers: 0, sentencesDropped: 0 },
  usage: {
    rows: 3,
    sqlMs: 1.5,
    llmMs: 0,
    tokens: { promptTokens: 0, cachedTokens: 0, completionTokens: 0 },
    model: null,
  },
  engine: { duckdb: '1', detectors: '1' },
  error: null,
  createdAt: new Date(1000),
  expiresAt: new Date(2_000_000),
  ...changes,
});

export const insightStoreContract = defineContract<InsightStoreHarness>('insight store', (it, { openPair }) => {
  it('gives a report back exactly, to every client', async () => {
    await using pair = await openPair();
    await pair.first.put(newReport('ins_1'));
    expect(await pair.second.find('ins_1', now)).toEqual(newReport('ins_1'));
    expect(await pair.second.find('ins_2', now)).toBeUndefined();
  });

  it('keeps reports of any size, and replaces them', async () => {
    await using pair = await openPair();
    const large = newReport('ins_1', { fingerprint: 'é'.repeat(10_000_000) });
    await pair.first.put(newReport('ins_1', { status: 'running' }));
    await pair.first.put(large);
    expect(await pair.second.find('ins_1', now)).toEqual(large);
    await pair.second.put(newReport('ins_1'));
    expect(await pair.first.find('ins_1', now)).toEqual(newReport('ins_1'));
  });

  it('lists those of an owner, newest first, page by page, without what is in them', async () => {
    await using pair = await openPair();
    await pair.first.put(newReport('ins_1', { createdAt: new Date(1) }));
    await pair.first.put(newReport('ins_2', { createdAt: new Date(2), question: null }));
    await pair.first.put(newReport('ins_3', { ownerId: 'usr_2' }));
    const first = await pair.second.list('usr_1', { limit: 1, after: null, now });
    const second = await pair.second.list('usr_1', { limit: 1, after: first.next, now });
    expect(first.items).toEqual([
      { id: 'ins_2', status: 'complete', question: null, headline: null, createdAt: new Date(2) },
    ]);
    expect(second).toMatchObject({ items: [{ id: 'ins_1' }], next: null });
    await expect(pair.first.list('usr_1', { limit: 1, after: 'zzz', now })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('does not show what has expired, and removes it when asked to', async () => {
    await using pair = await openPair();
    await pair.first.put(newReport('ins_1', { expiresAt: now }));
    await pair.first.put(newReport('ins_2'));
    expect(await pair.second.find('ins_1', now)).toBeUndefined();
    expect((await pair.second.list('usr_1', { limit: 9, after: null, now })).items).toHaveLength(1);
    await pair.second.removeExpired(now);
    expect(await pair.first.find('ins_1', new Date(0))).toBeUndefined();
    expect(await pair.first.find('ins_2', now)).toBeDefined();
  });

  it('removes one, once and again', async () => {
    await using pair = await openPair();
    await pair.first.put(newReport('ins_1'));
    await pair.second.remove('ins_1');
    await pair.first.remove('ins_1');
    expect(await pair.first.find('ins_1', now)).toBeUndefined();
  });
});
