import {
  connect,
  createApiKey,
  runInsights,
  verifyInsights,
  type Connection,
  type Insight,
  type InsightReport,
} from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorPassword, asAdministrator } from '../support/api.ts';
import { salesCsv } from '../support/insights/sales-csv.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { csv, truth } = salesCsv(1);
const settings = { ADMIN_PASSWORD: administratorPassword, OFFLINE: '1', LANGUAGE_MODEL: 'nano' };
const options = { timeout_ms: 120_000, max_insights: 8 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let service: SpawnedService;
let connection: Connection;
let key: string;
let portuguese: InsightReport;

beforeAll(async () => {
  folder = await temporaryFolder();
  service = await spawnService({ ...settings, DATA_DIR: folder.path });
  const administrator = await asAdministrator(service.url);
  ({ key } = await createApiKey(administrator, { name: 'sales', scopes: ['insights'] }));
  connection = connect({ url: service.url, token: key });
  portuguese = await ask('pt-BR');
}, 240_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const ask = (language: 'pt-BR' | 'en'): Promise<InsightReport> =>
  runInsights(connection, {
    request: { language, options },
    files: [{ table: 'vendas', file: new File([csv], 'vendas.csv', { type: 'text/csv' }) }],
  });

describe('120,000 sales of a Brazilian shop', { timeout: 240_000 }, () => {
  it('are read as they were written', () => {
    const { insights: _insights, ...report } = portuguese;
    expect(report).toMatchObject({ status: 'complete', language: 'pt' });
    expect(report.dataset.tables).toMatchObject([{ name: 'vendas', rows: truth.rows }]);
    const roles = Object.fromEntries(report.dataset.tables[0]?.columns.map(({ name, role }) => [name, role]) ?? []);
    expect(roles).toEqual({
      data: 'time',
      loja: 'dimension',
      regiao: 'dimension',
      produto: 'dimension',
      canal: 'dimension',
      receita: 'measure',
      quantidade: 'measure',
    });
    expect(report.dataset.warnings.map(({ code }) => code)).toContain('partial_period');
  });

  it('tell all five things that were planted in them, before anything else', () => {
    const first = portuguese.insights.slice(0, 5);
    const about = (text: string): Insight | undefined => first.find((insight) => sayingOf(insight).includes(text));
    const found = ['Sul', 'Marketplace', 'Norte', truth.categoryOutlier.store].map((text) => [text, about(text)?.id]);
    expect(found.filter(([, id]) => id === undefined)).toEqual([]);
    expect(first.map(({ type }) => type)).toContain('concentration');
  });

  it('have the numbers that were counted beside the product', () => {
    const fact = (type: Insight['type'], text: string, name: string): number => {
      const insight = portuguese.insights.find((each) => each.type === type && sayingOf(each).includes(text));
      return Number(insight?.facts[name]?.value);
    };
    const { change, concentration, categoryOutlier } = truth;
    expect(fact('category_outlier', categoryOutlier.store, 'value')).toBe(categoryOutlier.cents / 100);
    expect(fact('concentration', '', 'share_pct')).toBeCloseTo(concentration.sharePct, 6);
    const changes = portuguese.insights.filter(({ type }) => type === 'change' || type === 'contribution');
    const told = changes.flatMap(({ facts }) => Object.values(facts).map(({ value }) => Number(value)));
    const [current, previous] = [change.current, change.previous].map(({ regionCents }) => regionCents / 100);
    const [coffeeNow, coffeeBefore] = [change.current, change.previous].map(({ productCents }) => productCents / 100);
    const isTold = (number: number): boolean => told.some((value) => Math.abs(value - number) < 0.01);
    const sets = [[current!, previous!], [coffeeNow!, coffeeBefore!], [coffeeNow! - coffeeBefore!]];
    expect(sets.filter((numbers) => numbers.every(isTold))).not.toEqual([]);
  });

  it('have the same facts in English', async () => {
    const english = await ask('en');
    expect(english.language).toBe('en');
    expect(factsOf(english)).toEqual(factsOf(portuguese));
    expect(english.dataset.fingerprint).toBe(portuguese.dataset.fingerprint);
    expect(english.insights[0]?.headline).not.toBe(portuguese.insights[0]?.headline);
  });

  it('give the same results when they are verified after a restart', async () => {
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    service = await spawnService({ ...settings, DATA_DIR: folder.path });
    connection = connect({ url: service.url, token: key });
    const { verified, evidence, facts } = await verifyInsights(connection, portuguese.id);
    expect(evidence.filter(({ identical }) => !identical)).toEqual([]);
    expect(facts).toEqual({ checked: factsOf(portuguese).length, different: 0 });
    expect(verified).toBe(true);
  });
});

/** All that an insight says with names. */
function sayingOf({ headline, explanation, labels, subject }: Insight): string {
  return [headline, explanation, ...Object.values(labels), ...subject.filters.map(({ value }) => String(value))].join(
    ' ',
  );
}

function factsOf({ insights }: InsightReport): unknown[] {
  return insights.flatMap(({ facts }) => Object.entries(facts));
}
