import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insightShapes, type Finding } from '../../../../src/models/insight.ts';
import { closeDataEngine, openRows } from '../../../support/data-session.ts';
import { again, investigationOf, toldOf, valuesOf } from '../../../support/insights/investigations.ts';
import { salesOf } from '../../../support/insights/sales-csv.ts';
import { salesTruth } from '../../../support/insights/sales-truth.ts';
import type { DataSession } from '../../../../src/ports/data-engine.ts';

afterAll(closeDataEngine);

const sales = salesOf(3, { rows: 120_000 });
const truth = salesTruth(sales);
const rows = sales.map(({ day, store, region, product, channel, cents, quantity }) => ({
  data: day,
  loja: store,
  regiao: region,
  produto: product,
  canal: channel,
  receita: cents / 100,
  quantidade: quantity,
}));
const money = (cents: number): string => String(cents / 100);

describe('of sales with five planted things', () => {
  let session: DataSession;
  let told: readonly Finding[];
  beforeAll(async () => {
    session = await openRows('vendas', rows);
    told = await toldOf(await investigationOf(session));
    return () => session[Symbol.asyncDispose]();
  });
  const of = (type: Finding['type']): Finding | undefined => told.slice(0, 5).find((finding) => finding.type === type);

  it('the first five told are these', () => {
    expect(
      told
        .slice(0, 5)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(['category_outlier', 'concentration', 'contribution', 'level_shift', 'trend']);
  });

  it('coffee made the fall in the South, and its numbers are those of the rows', () => {
    const { change } = truth;
    const found = of('contribution');
    expect(found?.subject).toMatchObject({
      measure: 'receita',
      filters: [{ column: 'regiao', value: change.region }],
      breakdown: 'produto',
      period: { grain: 'month', current: '2025-06-01', previous: '2025-05-01' },
    });
    expect(found?.labels['member']).toEqual({ kind: 'value', text: change.product, column: 'produto' });
    expect(valuesOf(found)).toMatchObject({
      change: money(change.current.regionCents - change.previous.regionCents),
      part: money(change.current.productCents - change.previous.productCents),
    });
    expect(Number(valuesOf(found)['change_pct'])).toBeCloseTo(change.changePct, 5);
    expect(Number(valuesOf(found)['share_pct'])).toBeCloseTo(change.sharePct, 5);
    expect(found?.caveats.map(({ code }) => code)).toEqual(['partial_period', 'different_lengths']);
  });

  it('the marketplace has another level, with its medians', () => {
    const found = of('level_shift');
    expect(found?.subject.filters).toEqual([{ column: 'canal', value: truth.levelShift.channel }]);
    expect(found?.labels['since']).toEqual({ kind: 'period', start: `${truth.levelShift.since}-01`, grain: 'month' });
    expect(valuesOf(found)).toMatchObject({
      before: money(truth.levelShift.beforeMedianCents),
      after: money(truth.levelShift.afterMedianCents),
    });
  });

  it('the North grows, from its first month to its last', () => {
    const found = of('trend');
    expect(found?.subject.filters).toEqual([{ column: 'regiao', value: truth.trend.region }]);
    expect(valuesOf(found)).toMatchObject({
      first: money(truth.trend.firstCents),
      last: money(truth.trend.lastCents),
      periods: String(truth.months.length),
    });
  });

  it('one shop is beyond all others, and two products make most of all', () => {
    expect(of('category_outlier')?.labels['member']).toMatchObject({ text: truth.categoryOutlier.store });
    expect(valuesOf(of('category_outlier'))).toMatchObject({
      value: money(truth.categoryOutlier.cents),
      typical: money(truth.categoryOutlier.medianCents),
    });
    expect(of('concentration')?.subject.breakdown).toBe('produto');
    expect(valuesOf(of('concentration'))).toMatchObject({ top_members: '2', members: '10' });
    expect(Number(valuesOf(of('concentration'))['share_pct'])).toBeCloseTo(truth.concentration.sharePct, 5);
  });

  it('everything told has the facts and labels of its kind, and is the same when its evidence is run again', async () => {
    for (const finding of told) {
      const shape = insightShapes[finding.type];
      expect(Object.keys(finding.facts)).toEqual([...shape.facts]);
      expect(Object.keys(finding.labels)).toEqual([...shape.labels]);
      expect(await again(session, finding)).toEqual({ facts: valuesOf(finding), isSame: true });
    }
  });
});
