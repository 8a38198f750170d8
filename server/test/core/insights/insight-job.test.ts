import { insightReportSchema, type InsightReport } from '@billumy/protocol';
import { expect, it } from 'vitest';
import { createInsights } from '../../../src/core/insights/insights.ts';
import { eventually } from '../../support/eventually.ts';
import { openInsightApp, type InsightApp } from '../../support/insight-app.ts';

const rows = Array.from({ length: 30 }, (_, index) => ({ regiao: index % 3 === 0 ? 'Norte' : 'Sul', receita: 100.5 }));

async function started(service: InsightApp, tables: readonly object[]): Promise<InsightReport> {
  const headers = { prefer: 'respond-async' };
  return insightReportSchema.parse((await service.call('POST', '/insights', { json: { tables }, headers })).json());
}

/** Works on what was started until the check has passed. */
async function whileWorking<T>(service: InsightApp, check: () => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const running = createInsights(service.ports).work(stopping.signal);
  try {
    return await check();
  } finally {
    stopping.abort();
    await running;
  }
}

async function ended(service: InsightApp, id: string): Promise<InsightReport> {
  let report: InsightReport | undefined;
  await eventually(async () => {
    report = insightReportSchema.parse((await service.call('GET', `/insights/${id}`)).json());
    expect(report.status).not.toBe('running');
  });
  return report!;
}

it('is taken up again when its worker died', async () => {
  await using service = await openInsightApp({ works: false });
  const { id, created_at: createdAt } = await started(service, [{ rows }]);
  // A worker that claimed it and was never heard of again.
  expect(await service.ports.jobs.claim(['insight'], 1)).toMatchObject({ attempts: 1 });
  expect(await whileWorking(service, () => ended(service, id))).toMatchObject({
    id,
    status: 'complete',
    created_at: createdAt,
  });
});

it('says in its report why it failed', async () => {
  await using service = await openInsightApp({ works: false });
  const { id } = await started(service, [{ content: 'a,b\n1,2\n3,"4\n' }]);
  expect(await whileWorking(service, () => ended(service, id))).toMatchObject({
    status: 'failed',
    error: { code: 'table_broken' },
  });
  const verified = await service.call('POST', `/insights/${id}/verify`);
  expect(verified.json()).toMatchObject({ status: 409, code: 'conflict' });
});

it('does not bring back a report that was removed', async () => {
  await using service = await openInsightApp({ works: false });
  const { id } = await started(service, [{ rows }]);
  await service.call('DELETE', `/insights/${id}`);
  const isDone = (): Promise<void> =>
    eventually(async () => {
      const { items } = await service.ports.jobs.list(
        { kinds: ['insight'], state: 'live', ownerId: null },
        { limit: 1, after: null },
      );
      expect(items).toEqual([]);
    });
  await whileWorking(service, isDone);
  expect((await service.call('GET', `/insights/${id}`)).statusCode).toBe(404);
});
