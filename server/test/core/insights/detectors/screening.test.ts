import { afterAll, describe, expect, it } from 'vitest';
import { detectors, investigate } from '../../../../src/core/insights/detectors/detectors.ts';
import { cellAt } from '../../../../src/core/insights/evidence/result-cells.ts';
import type { Finding } from '../../../../src/models/insight.ts';
import type { DataSession } from '../../../../src/ports/data-engine.ts';
import { closeDataEngine, openRows } from '../../../support/data-session.ts';
import { again, investigationOf, largeOf, toldOf } from '../../../support/insights/investigations.ts';

afterAll(closeDataEngine);

type Row = Readonly<Record<string, string | number | null>>;

/** Two years of sales of thirty shops, the last of which sells far more than the others, the first least. */
function salesOf(names: { day: string; shop: string; region: string; price: string; amount: string }): Row[] {
  return Array.from({ length: 1_460 }, (_, index) => {
    const shop = (index * 7) % 30;
    const day = new Date(Date.UTC(2023, 0, 1 + (index % 730))).toISOString().slice(0, 10);
    return {
      [names.day]: day,
      [names.shop]: `Loja ${shop}`,
      [names.region]: ['Sul', 'Norte', 'Leste'][index % 3] ?? null,
      [names.price]: 10.5 + ((index * 13) % 17) / 4,
      [names.amount]: (100 + shop + ((index * 31) % 23)) * (shop === 29 ? 40 : 1) + 0.25,
    };
  });
}

const usualNames = { day: 'data', shop: 'loja', region: 'regiao', price: 'preco', amount: 'receita' };

/** The same session, and how many statements it was asked. */
function counted(session: DataSession): { session: DataSession; statements(): number } {
  let count = 0;
  const query: DataSession['query'] = (sql) => {
    count += 1;
    return session.query(sql);
  };
  return { session: { ...session, query }, statements: () => count };
}

async function statementsFor(rows: readonly Row[]): Promise<number> {
  await using session = await openRows('vendas', rows);
  const investigation = await investigationOf(session);
  const { session: asked, statements } = counted(session);
  await investigate({ ...investigation, session: asked });
  return statements();
}

describe('screening', () => {
  it('asks few statements, and no more of a table with more columns', async () => {
    const rows = salesOf(usualNames);
    const wide = rows.map((row, index) => ({
      ...row,
      canal: `Canal ${index % 4}`,
      produto: `Produto ${(index * 3) % 40}`,
      equipe: `Equipe ${(index * 5) % 12}`,
      quantidade: 1 + ((index * 17) % 29),
      desconto: ((index * 19) % 31) / 2,
    }));
    expect(await statementsFor(rows)).toBeLessThanOrEqual(12);
    expect(await statementsFor(wide)).toBeLessThanOrEqual(12);
  });

  it('ranks as the evidence does, also where one measure lacks rows that others have', async () => {
    const rows = salesOf(usualNames).map((row, index) => ({
      ...row,
      preco: index % 50 === 0 ? null : row['preco']!,
      quantidade: 1 + ((index * 17) % 29),
    }));
    await using session = await openRows('vendas', rows);
    const candidates = await detectors.correlation(await investigationOf(session));
    const findings = await Promise.all(candidates.map((candidate) => candidate.finding()));
    expect(findings).toHaveLength(3);
    for (const { facts, score } of findings) expect(facts['rho']?.value).toBe(String(score.effect));
    expect(findings.map(({ score }) => score.n)).toEqual(expect.arrayContaining([1_460, 1_430]));
  });

  it('finds each member in the row of the evidence that its facts are of', async () => {
    await using session = await openRows('vendas', salesOf(usualNames));
    const [found] = await largeOf(await investigationOf(session), 'category_outlier');
    expect(found?.labels['member']).toMatchObject({ text: 'Loja 29' });
    expect(memberOfFact(found, 'value')).toBe('Loja 29');
  });

  it('looks at tables whose columns are named as those of its own statements', async () => {
    const names = { day: 'period', shop: 'member', region: 'place', price: 'amount_0', amount: 'value' };
    await using session = await openRows('size', salesOf(names));
    const told = await toldOf(await investigationOf(session));
    expect(told.map(({ type }) => type)).toContain('category_outlier');
    for (const finding of told) expect((await again(session, finding)).isSame).toBe(true);
  });
});

/** In the row of a fact, what the evidence calls it. */
function memberOfFact(finding: Finding | undefined, name: string): unknown {
  const fact = finding?.facts[name];
  if (finding === undefined || fact === undefined || !('pointer' in fact.from)) throw new Error(`no ${name}`);
  return cellAt(finding.evidence[0]!.result, fact.from.pointer.replace(/\d+$/, '0'));
}
