import { afterAll, describe, expect, it } from 'vitest';
import { hashOf, readFact } from '../../../../src/core/insights/evidence/evidence.ts';
import { checkAnswerNumbers } from '../../../../src/core/insights/narrative/render-answer.ts';
import type { DataAnswer } from '../../../../src/models/insight.ts';
import { closeDataEngine, openRows } from '../../../support/data-session.ts';
import { profileOf } from '../../../support/profiles.ts';
import { ask, july, openSales, people, sales, type Sale } from '../../../support/questions.ts';

afterAll(closeDataEngine);

const sumOf = (holds: (sale: Sale) => boolean): number =>
  sales.filter(holds).reduce((sum, { receita }) => sum + receita, 0);
const isIn = ({ data }: Sale, [first, last]: readonly [string, string]): boolean => data >= first && data <= last;
const growthOf = (regiao: string, [current, previous]: readonly (readonly [string, string])[]): number => {
  const [now, before] = [current!, previous!].map((days) =>
    sumOf((sale) => sale.regiao === regiao && isIn(sale, days)),
  );
  return (100 * (now! - before!)) / before!;
};
const halves = [
  ['2025-01-01', '2025-06-30'],
  ['2024-01-01', '2024-06-30'],
] as const;
const months = [
  ['2025-03-01', '2025-03-31'],
  ['2025-02-01', '2025-02-28'],
] as const;
const regions = ['Norte', 'Sul', 'Leste'];
const valuesOf = (answer: DataAnswer | null, name: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(answer?.labels ?? {}).flatMap(([key, label]) => {
      const fact = answer?.facts[key.replace('member', name)];
      return label.kind === 'value' && fact !== undefined ? [[label.text, Number(fact.value)]] : [];
    }),
  );
const near = (values: Record<string, number>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expect.closeTo(value, 4)]));
const oneMeasure = sales.map(({ data, regiao, receita }) => ({ data, regiao, receita }));

describe('questions of growth by group', () => {
  it.each([
    ['crescimento da receita por região em 2025', halves],
    ['variacao da receita por regiao em 2025', halves],
    ['receita por região em março contra fevereiro', months],
    ['variação da receita por região de fevereiro para março de 2025', months],
  ])('compares each group in "%s"', async (question, periods) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    expect(valuesOf(answer, 'change_pct')).toEqual(
      near(Object.fromEntries(regions.map((name) => [name, growthOf(name, periods)]))),
    );
  });

  it.each([
    ['qual região mais cresceu em receita em 2025', 'highest'],
    ['Qual região teve o maior crescimento de receita em 2025?', 'highest'],
    ['Qual região menos cresceu em receita em 2025?', 'lowest'],
    ['qual regiao mais caiu em receita em 2025', 'lowest'],
    ['Qual região teve a maior queda de receita em 2025?', 'lowest'],
  ])('names the one that "%s" asks for', async (question, order) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    const ordered = regions.toSorted((one, other) => growthOf(other, halves) - growthOf(one, halves));
    const wanted = order === 'highest' ? ordered[0]! : ordered.at(-1)!;
    expect(valuesOf(answer, 'change_pct')).toEqual(near({ [wanted]: growthOf(wanted, halves) }));
  });

  it('needs no measure where only one adds up', async () => {
    await using session = await openRows('vendas', oneMeasure);
    const ordered = regions.toSorted((one, other) => growthOf(other, halves) - growthOf(one, halves));
    const { answer } = await ask(session, 'qual região mais cresceu em 2025');
    expect(Object.keys(valuesOf(answer, 'change_pct'))).toEqual([ordered[0]]);
    const [march, february] = months.map((days) => sumOf((sale) => isIn(sale, days)));
    const compared = (await ask(session, 'vendas de março contra fevereiro')).answer;
    expect(Number(compared?.facts['current']?.value)).toBe(march);
    expect(Number(compared?.facts['previous']?.value)).toBe(february);
    const share = (await ask(session, 'qual a participacao do sul no total')).answer;
    expect(Number(share?.facts['share_pct']?.value)).toBeCloseTo(
      (100 * sumOf(({ regiao }) => regiao === 'Sul')) / sumOf(() => true),
      5,
    );
  });

  it('tells beside the most in percent who changed by most, where that is another', async () => {
    const rows = (month: string, small: number, large: number) => [
      { mes: month, loja: 'Pequena', receita: small },
      { mes: month, loja: 'Grande', receita: large },
    ];
    const early = Array.from({ length: 11 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}-01`);
    await using session = await openRows('vendas', [
      ...early.flatMap((month) => rows(month, 10, 1000)),
      ...rows('2024-12-01', 20, 1100),
    ]);
    const { answer } = await ask(session, 'qual loja mais cresceu em receita em dezembro de 2024?');
    expect(answer?.text).toContain('variação mais alta: Pequena: +100%');
    expect(answer?.text).toContain('Em valor, a mais alta: Grande (+100).');
  });

  it('gives no percentage of what was nothing', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => {
      const mes = `2024-${String(index + 1).padStart(2, '0')}-01`;
      return [{ mes, loja: 'Velha', receita: 10 }, ...(index === 11 ? [{ mes, loja: 'Nova', receita: 7 }] : [])];
    }).flat();
    await using session = await openRows('vendas', rows);
    const { answer } = await ask(session, 'crescimento da receita por loja em dezembro de 2024');
    expect(answer?.text).toContain('- Velha: 0% (de 10 para 10)\n- Nova: de 0 para 7');
    expect(Object.keys(valuesOf(answer, 'change_pct'))).toEqual(['Velha']);
  });

  it('shows no group of fewer than five persons', async () => {
    const dated = people.flatMap((person) =>
      Array.from({ length: 12 }, (_, month) => ({ ...person, mes: `2024-${String(month + 1).padStart(2, '0')}-01` })),
    );
    await using session = await openRows('pessoas', dated);
    const { answer } = await ask(session, 'variação do salário médio por cidade em dezembro de 2024');
    expect(Object.keys(valuesOf(answer, 'change_pct')).toSorted()).toEqual(['Natal', 'Recife']);
  });
});

describe('questions of averages per period, shares and first ones', () => {
  it.each([
    ['receita média por mês', () => sumOf(() => true) / 18],
    ['media mensal de receita em 2024', () => sumOf(({ data }) => data < '2025') / 12],
    ['average monthly revenue in 2024', () => sumOf(({ data }) => data < '2025') / 12],
    ['Em média, quanto de receita por trimestre no Sul?', () => sumOf(({ regiao }) => regiao === 'Sul') / 6],
    ['average number of sales per month', () => sales.length / 18],
  ] satisfies [string, () => number][])('averages the totals of periods in "%s"', async (question, value) => {
    await using session = await openSales();
    const language = question.startsWith('average') ? 'en' : 'pt';
    const { answer } = await ask(session, question, { language });
    expect(Number(answer?.facts['value']?.value)).toBeCloseTo(value(), 5);
  });

  it('averages by group, and says over how many periods', async () => {
    await using session = await openSales();
    const { answer } = await ask(session, 'receita média mensal por região em 2024');
    const averages = regions.map((name) => [name, sumOf((sale) => sale.regiao === name && sale.data < '2025') / 12]);
    expect(valuesOf(answer, 'value')).toEqual(near(Object.fromEntries(averages) as Record<string, number>));
    expect(answer?.text).toContain('(períodos completos: 12)');
  });

  it.each([
    ['Qual região tem a maior participação na receita?', 1],
    ['top 2 regiões por participação na receita', 2],
    ['as 2 regiões com maior participação na receita', 2],
  ])('orders shares in "%s"', async (question, count) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    const shares = regions.map(
      (name) => [name, (100 * sumOf(({ regiao }) => regiao === name)) / sumOf(() => true)] as const,
    );
    const first = shares.toSorted(([, one], [, other]) => other - one).slice(0, count);
    expect(valuesOf(answer, 'share_pct')).toEqual(near(Object.fromEntries(first)));
  });

  it('takes the first ones of a period, however their number is said', async () => {
    await using session = await openSales();
    for (const question of [
      'top 2 regiões por receita em março de 2025',
      'as 2 regiões com maior receita em março de 2025',
      'quais as duas regioes com mais receita em marco de 2025?',
    ]) {
      const { answer } = await ask(session, question);
      const values = regions.map(
        (name) => [name, sumOf((sale) => sale.regiao === name && isIn(sale, months[0]))] as const,
      );
      const first = values.toSorted(([, one], [, other]) => other - one).slice(0, 2);
      expect(valuesOf(answer, 'value')).toEqual(near(Object.fromEntries(first)));
    }
  });

  it('compares with the period before the one that is named', async () => {
    await using session = await openSales();
    const { answer } = await ask(session, 'receita em março de 2025 em relação ao mês anterior');
    const [march, february] = months.map((days) => sumOf((sale) => isIn(sale, days)));
    expect([answer?.facts['current']?.value, answer?.facts['previous']?.value].map(Number)).toEqual([march, february]);
  });

  it('gives each number with evidence that has it, and no number of its own', async () => {
    await using session = await openSales();
    const { profile } = await profileOf(session, { now: july });
    for (const question of [
      'crescimento da receita por região',
      'qual região mais cresceu em receita em 2025',
      'receita média mensal por região',
      'as 2 regiões com maior participação na receita',
    ]) {
      const answer = (await ask(session, question)).answer!;
      const again = await session.query(answer.evidence[0]!.sql);
      expect(hashOf(again)).toBe(answer.evidence[0]?.hash);
      for (const fact of Object.values(answer.facts)) expect(readFact({ result: again }, fact)).toBe(fact.value);
      expect(checkAnswerNumbers(answer, { language: 'pt', tables: [profile] })).toMatchObject({ freeNumbers: 0 });
    }
  });
});
