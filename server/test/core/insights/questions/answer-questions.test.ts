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
const valueOf = (answer: DataAnswer | null, name = 'value'): number => Number(answer?.facts[name]?.value);
const namesOf = (answer: DataAnswer | null): string[] =>
  Object.entries(answer?.labels ?? {}).flatMap(([name, label]) =>
    name.startsWith('member') && label.kind === 'value' ? [label.text] : [],
  );

describe('answering questions without a model', () => {
  it.each([
    ['Qual foi a receita total em junho de 2025?', ({ data }) => data.startsWith('2025-06')],
    ['Qual foi a receita no mês passado?', ({ data }) => data.startsWith('2025-06')],
    ['receita em junho', ({ data }) => data.startsWith('2025-06')],
    ['receita em jan/2025', ({ data }) => data.startsWith('2025-01')],
    ['Receita de Fev/25', ({ data }) => data.startsWith('2025-02')],
    ['receita em 2024', ({ data }) => data.startsWith('2024')],
    ['receita no 1º trimestre de 2025', ({ data }) => data >= '2025-01-01' && data <= '2025-03-31'],
    ['receita no segundo semestre de 2024', ({ data }) => data >= '2024-07-01' && data <= '2024-12-31'],
    ['receita de março a maio de 2025', ({ data }) => data >= '2025-03-01' && data <= '2025-05-31'],
    ['receita entre 10/03/2025 e 20/03/2025', ({ data }) => data >= '2025-03-10' && data <= '2025-03-20'],
    ['receita desde maio de 2025', ({ data }) => data >= '2025-05-01'],
    ['receita nos últimos 2 meses', ({ data }) => data >= '2025-05-01' && data <= '2025-06-30'],
    [
      'Qual a receita do pão de queijo na região Sul?',
      (sale) => sale.produto === 'Pão de Queijo' && sale.regiao === 'Sul',
    ],
    ['receita exceto no Sul', ({ regiao }) => regiao !== 'Sul'],
    ['receita de cafes', ({ produto }) => produto === 'Café'],
  ] satisfies [string, (sale: Sale) => boolean][])('sums the rows that "%s" is about', async (question, holds) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    expect(answer?.needsClarification).toBeNull();
    expect(valueOf(answer)).toBe(sumOf(holds));
  });

  it.each([
    ['What was the total revenue in June 2025?', 'Total receita in June 2025: 6,182.'],
    ['Quantas vendas em junho de 2025?', 'Número de linhas de vendas em junho de 2025: 30.'],
    ['Quantos produtos diferentes?', 'Número de valores diferentes de produto: 4.'],
    ['Qual a maior receita do Sul?', 'Maior valor de receita (Sul): 310,25.'],
    ['Quantas vendas com receita acima de 300?', 'Número de linhas de vendas (receita acima de “300”): 28.'],
  ])('answers "%s" in a sentence', async (question, text) => {
    await using session = await openSales();
    const { answer } = await ask(session, question, { language: question.startsWith('What') ? 'en' : 'pt' });
    expect(answer?.text).toBe(text);
  });

  it('lists groups from the highest on, and takes the first ones that are asked for', async () => {
    await using session = await openSales();
    const all = (await ask(session, 'receita por região')).answer;
    const totals = ['Norte', 'Sul', 'Leste'].map((name) => [name, sumOf(({ regiao }) => regiao === name)] as const);
    const ordered = totals.toSorted(([, one], [, other]) => other - one).map(([name]) => name);
    expect(namesOf(all)).toEqual(ordered);
    expect(namesOf((await ask(session, 'top 2 regiões por receita')).answer)).toEqual(ordered.slice(0, 2));
    expect(namesOf((await ask(session, 'Qual região teve a menor receita?')).answer)).toEqual(ordered.slice(-1));
  });

  it('names all that share the first place', async () => {
    await using session = await openRows(
      'vendas',
      ['a', 'b', 'c'].flatMap((loja) => [{ loja: `Loja ${loja}`, receita: loja === 'c' ? 1 : 5 }]),
    );
    expect(namesOf((await ask(session, 'Qual loja teve a maior receita?')).answer)).toEqual(['Loja a', 'Loja b']);
  });

  it('tells changes, differences and shares by what is computed from the result', async () => {
    await using session = await openSales();
    const change = (await ask(session, 'Quanto cresceu a receita de maio para junho de 2025?')).answer;
    const [june, may] = ['2025-06', '2025-05'].map((month) => sumOf(({ data }) => data.startsWith(month)));
    expect(valueOf(change, 'current')).toBe(june);
    expect(valueOf(change, 'previous')).toBe(may);
    expect(valueOf(change, 'change_pct')).toBeCloseTo((100 * (june! - may!)) / may!, 5);
    const compared = (await ask(session, 'Compare a receita de Sul e Norte')).answer;
    expect(valueOf(compared, 'change')).toBe(
      sumOf(({ regiao }) => regiao === 'Sul') - sumOf(({ regiao }) => regiao === 'Norte'),
    );
    const share = (await ask(session, 'Qual a participação do Sul na receita?')).answer;
    expect(valueOf(share, 'share_pct')).toBeCloseTo(
      (100 * sumOf(({ regiao }) => regiao === 'Sul')) / sumOf(() => true),
      5,
    );
  });

  it('takes of a stock the last day only', async () => {
    const rows = ['2025-04-01', '2025-05-01', '2025-06-01'].flatMap((data, month) =>
      ['A', 'B'].map((deposito, place) => ({ data, deposito: `Depósito ${deposito}`, estoque: 10 * month + place })),
    );
    await using session = await openRows('inventario', rows);
    expect(valueOf((await ask(session, 'Qual o estoque total?')).answer)).toBe(41);
    expect(valueOf((await ask(session, 'Qual o estoque em maio de 2025?')).answer)).toBe(21);
  });

  it('says when the last period is not complete', async () => {
    await using session = await openRows('vendas', sales.slice(0, -10));
    const { answer } = await ask(session, 'receita em junho de 2025');
    expect(answer?.text).toContain('O último período ainda está incompleto nos dados.');
  });

  it('gives each number with evidence that has it, and no number of its own', async () => {
    await using session = await openSales();
    const { profile } = await profileOf(session, { now: july });
    const questions = [
      'receita por mês em 2025',
      'participação de cada produto na receita',
      'top 3 produtos por quantidade',
    ];
    for (const question of questions) {
      const answer = (await ask(session, question)).answer!;
      const [evidence] = answer.evidence;
      const again = await session.query(evidence!.sql);
      expect(hashOf(again)).toBe(evidence?.hash);
      for (const fact of Object.values(answer.facts)) expect(readFact({ result: again }, fact)).toBe(fact.value);
      expect(checkAnswerNumbers(answer, { language: 'pt', tables: [profile] })).toMatchObject({ freeNumbers: 0 });
    }
  });

  it('leaves why and what is noteworthy to insights, and says what about', async () => {
    await using session = await openSales();
    const why = await ask(session, 'Por que a receita do café caiu em junho?');
    expect(why).toMatchObject({
      answer: null,
      focus: { measures: ['receita'], members: [{ column: 'produto', value: 'Café' }], period: '2025-06-01' },
    });
    expect((await ask(session, 'What stands out?', { language: 'en' })).answer).toBeNull();
  });

  it('does not show persons, nor groups in which there are few of them', async () => {
    await using session = await openRows('pessoas', people);
    const byCity = (await ask(session, 'salário médio por cidade')).answer;
    expect(namesOf(byCity).toSorted()).toEqual(['Natal', 'Recife']);
    expect(byCity?.text).toContain('Grupos com poucas linhas não são mostrados');
    expect((await ask(session, 'salário médio em Olinda')).answer?.needsClarification).toContain('menos de cinco');
    expect((await ask(session, 'salário médio por email')).answer?.needsClarification).toContain('sobre pessoas');
    expect((await ask(session, 'salário de pessoa3@exemplo.com')).answer?.text).toBe('');
  });
});
