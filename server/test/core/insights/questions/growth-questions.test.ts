import { describe, expect, it } from 'vitest';
import { checkAnswerNumbers } from '../../../../src/core/insights/narrative/render-answer.ts';
import type { DataAnswer } from '../../../../src/models/insight.ts';
import { openRows } from '../../../support/data-session.ts';
import { ask, openSales, people, sales, type Sale } from '../../../support/questions.ts';
import { profileOf } from '../../../support/profiles.ts';

const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
const sumIn = (period: string, holds: (sale: Sale) => boolean): number =>
  sales.filter((sale) => sale.data.startsWith(period) && holds(sale)).reduce((sum, { receita }) => sum + receita, 0);

/** What is told of each month: its growth, and both amounts. */
function told(answer: DataAnswer | null): Record<string, number[]> {
  const labels = Object.entries(answer?.labels ?? {}).filter(([name]) => /^member\d+$/.test(name));
  return Object.fromEntries(
    labels.map(([name, label]) => {
      const index = name.replace('member', '');
      const facts = ['change_pct', 'previous', 'current'].map((fact) => answer?.facts[`${fact}${index}`]?.value);
      return [label.kind === 'period' ? label.start.slice(0, 7) : '', facts.map(Number)];
    }),
  );
}

function grown(months: readonly string[], holds: (sale: Sale) => boolean): Record<string, unknown> {
  const steps = months.slice(1).map((month, index): [string, unknown] => {
    const [before, now] = [sumIn(months[index]!, holds), sumIn(month, holds)];
    return [month, [expect.closeTo((100 * (now - before)) / before, 4), before, now]];
  });
  return Object.fromEntries(steps);
}

const inSouth = ({ regiao }: Sale): boolean => regiao === 'Sul';

describe('questions of growth by month', () => {
  it.each([
    ['Qual foi o crescimento da receita do Sul por mês em 2024?', inSouth],
    ['crescimento mensal da receita no Sul em 2024', inSouth],
    ['variação da receita do Sul a cada mês em 2024', inSouth],
    ['quanto a receita do Sul cresceu por mês em 2024?', inSouth],
    ['How much did receita grow per month in Sul in 2024?', inSouth],
    ['crescimento da receita por mês em 2024', () => true],
    ['crescimento da receita por mês em 2024 em relação ao mês anterior', () => true],
  ] satisfies [string, (sale: Sale) => boolean][])('give that of each month in "%s"', async (question, holds) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    expect(told(answer)).toEqual(grown(monthsOf(2024), holds));
  });

  it('compare the first month that is asked for with the one before it', async () => {
    await using session = await openSales();
    const { answer } = await ask(session, 'crescimento da receita por mês em 2025');
    const months = ['2024-12', ...monthsOf(2025).slice(0, 6)];
    expect(told(answer)).toEqual(grown(months, () => true));
  });

  it('say it in words, with the days that it is about, and no number of their own', async () => {
    await using session = await openSales();
    const { answer } = await ask(session, 'Qual foi o crescimento da receita do Sul por mês?');
    expect(answer?.text).toMatch(
      /^Total de receita \(Sul\) de 1 de fevereiro de 2024 a 30 de junho de 2025, variação por mês:\n- julho de 2024: \+19% \(de 1\.788 para 2\.126\)\n/,
    );
    expect(answer?.text).toMatch(/\n- junho de 2025: \+6,4% \(de 1\.984 para 2\.112\)\nOs últimos de 17\.$/);
    const { profile } = await profileOf(session);
    expect(checkAnswerNumbers(answer!, { language: 'pt', tables: [profile] }).freeNumbers).toBe(0);
  });

  it('are of whole quarters where they ask for quarters', async () => {
    await using session = await openSales();
    const { answer } = await ask(session, 'crescimento da receita do Sul por trimestre');
    expect(Object.keys(told(answer)).toSorted()).toEqual(['2024-04', '2024-07', '2024-10', '2025-01', '2025-04']);
  });

  it('know months in which nothing was sold, and give no percentage of nothing', async () => {
    const rows = monthsOf(2024).flatMap((month, index) => [
      { dia: `${month}-01`, loja: 'Velha', receita: 10 },
      ...(index === 5 || index === 6 ? [] : [{ dia: `${month}-01`, loja: 'Nova', receita: 7 }]),
    ]);
    await using session = await openRows('vendas', rows);
    const { answer } = await ask(session, 'crescimento da receita da Nova por mês');
    expect(answer?.text).toContain('- junho de 2024: -100% (de 7 para 0)\n- julho de 2024: de 0 para 0\n');
    expect(answer?.text).toContain('- agosto de 2024: de 0 para 7\n');
  });

  it('are not answered of fewer than five persons', async () => {
    const dated = people.flatMap((person) => monthsOf(2024).map((month) => ({ ...person, mes: `${month}-01` })));
    await using session = await openRows('pessoas', dated);
    const large = (await ask(session, 'variação do salário médio em Recife por mês')).answer;
    expect(Object.keys(told(large))).toHaveLength(11);
    const small = (await ask(session, 'variação do salário médio em Olinda por mês')).answer;
    expect(small?.text).toBe('');
  });
});

describe('values with signs in their names', () => {
  it('are found as they are written', async () => {
    const names = ['Centro-Oeste', 'Nordeste', 'Rio/São Paulo', 'Lojas S.A.'];
    const rows = Array.from({ length: 24 }, (_, index) => ({ regiao: names[index % 4]!, receita: index }));
    await using session = await openRows('vendas', rows);
    for (const [index, name] of names.entries()) {
      const { answer } = await ask(session, `Qual foi a receita de ${name}?`);
      const sum = rows.filter(({ regiao }) => regiao === name).reduce((total, { receita }) => total + receita, 0);
      expect({ index, value: Number(answer?.facts['value']?.value) }).toEqual({ index, value: sum });
    }
  });
});
