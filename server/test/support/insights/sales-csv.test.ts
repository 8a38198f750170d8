import { expect, it } from 'vitest';
import { salesCsv } from './sales-csv.ts';

it('plants five things that the rows really have', () => {
  const { csv, truth } = salesCsv(1);
  expect(csv.trimEnd().split('\n')).toHaveLength(120_001);
  expect(truth.months).toHaveLength(30);
  expect(truth.change.changePct).toBeLessThan(-15);
  expect(truth.change.sharePct).toBeGreaterThan(70);
  expect(truth.levelShift.afterMedianCents / truth.levelShift.beforeMedianCents).toBeGreaterThan(1.5);
  expect(truth.trend.lastCents / truth.trend.firstCents).toBeGreaterThan(1.5);
  expect(truth.categoryOutlier.cents / truth.categoryOutlier.medianCents).toBeGreaterThan(2.5);
  expect(truth.concentration).toMatchObject({ of: 10, products: expect.arrayContaining(['Café', 'Cacau']) });
  expect(truth.concentration.sharePct).toBeGreaterThan(80);
});

it('writes as Brazilian spreadsheets do, and the same for the same seed', () => {
  const { csv } = salesCsv(7, { rows: 200 });
  expect(csv).toBe(salesCsv(7, { rows: 200 }).csv);
  expect(csv).toMatch(/^data;loja;regiao;produto;canal;receita;quantidade\n\d\d\/\d\d\/20\d\d;Loja \d\d;/);
  expect(csv).toMatch(/;\d\.\d{3},\d\d;[1-4]\n/);
});
