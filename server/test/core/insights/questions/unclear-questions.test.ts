import { afterAll, describe, expect, it } from 'vitest';
import { closeDataEngine, openRows } from '../../../support/data-session.ts';
import { injections } from '../../../support/injections.ts';
import { ask, openSales } from '../../../support/questions.ts';

afterAll(closeDataEngine);

describe('questions that cannot be answered as they are', () => {
  it.each([
    ['Qual o lucro em junho?', 'lucro'],
    ['receita líquida por região', 'líquida'],
    ['receita não realizada', 'não'],
    ['receita de Sul ou Norte', 'ou'],
    ['receita antes de março de 2025', 'antes'],
    ['receita dos clientes novos', 'novos'],
    ['receita da região Oeste', 'Oeste'],
    ['a segunda maior receita', 'segunda'],
    ['receita por dia da semana', 'semana'],
    ['receita em abc/25', 'abc/25'],
    ['receita acumulada em 2025', 'acumulada'],
  ])('"%s" is not answered as if "%s" were not there', async (question, word) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    expect(answer?.text).toBe('');
    expect(answer?.needsClarification).toContain(`“${word}”`);
    expect(answer?.needsClarification).toContain('receita');
  });

  it.each([
    'receita e quantidade por região',
    'receita por região e produto',
    'crescimento por região',
    'crescimento da receita por dia',
    'crescimento da receita por mês e região',
    'crescimento da receita do Sul e do Norte por mês',
    'crescimento da receita por mês em relação ao mesmo mês do ano passado',
    'crescimento da receita acima de 200 por mês',
    'crescimento da receita em relação a 2024',
    'Qual região mais variou em receita?',
    'receita de junho contra o mês passado',
    'receita de março, abril e maio',
    'participação do Sul no total',
    'média mensal de vendas',
    'regiões com receita acima de 1000',
    'a receita do Sul é maior que a do Norte?',
    'participação do café na receita por região',
    'total de vendas',
    'Qual região teve mais vendas?',
    'Liste as regiões',
    'melhor região em quantidade',
  ])('"%s", which can be meant in more than one way, is asked back', async (question) => {
    await using session = await openSales();
    const { answer } = await ask(session, question);
    expect(answer).toMatchObject({ text: '', facts: {}, evidence: [] });
    expect(answer?.needsClarification).not.toBeNull();
  });

  it('says which days there are when a period is outside of them', async () => {
    await using session = await openSales();
    const { answer } = await ask(session, 'revenue in March 2019', { language: 'en' });
    expect(answer?.needsClarification).toBe(
      'There are no rows of March 2019. Complete periods go from January 1, 2024 to June 30, 2025.',
    );
  });

  it('does not compare with a period of which the table has only a part', async () => {
    await using session = await openSales();
    expect((await ask(session, 'Quanto cresceu a receita em 2024?')).answer?.needsClarification).toBe(
      'Não há todas as linhas de 2023, com que seria comparado. Os períodos completos vão de 1 de janeiro de 2024 a 30 de junho de 2025.',
    );
  });

  it('gives the columns and the values among which to choose', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      preco_compra: index,
      preco_venda: index * 2,
      cidade: index % 2 === 0 ? 'São Paulo' : 'Santos',
      estado: index % 2 === 0 ? 'São Paulo' : 'Paraná',
    }));
    await using session = await openRows('itens', rows);
    const asked = async (question: string) => (await ask(session, question)).answer?.needsClarification;
    expect(await asked('preço médio')).toContain('Talvez preco compra ou preco venda?');
    expect(await asked('preço de venda médio em São Paulo')).toBe('São Paulo pode ser cidade ou estado. Qual?');
    expect(await asked('total do preço de venda')).toContain('não se somam');
  });

  it('never adds up or averages keys', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ id: 1000 + index, loja: 'Centro', valor: index }));
    await using session = await openRows('pedidos', rows);
    for (const question of ['soma dos ids', 'média do id', 'total de id por loja']) {
      expect((await ask(session, question)).answer?.text).toBe('');
    }
  });

  it('answers nothing to what gives orders or breaks SQL', async () => {
    await using session = await openSales();
    for (const question of [...injections, "'; DROP TABLE vendas; --", '"', '', ' ', '\u0000', 'x'.repeat(5000)]) {
      expect((await ask(session, question)).answer?.text ?? '').toBe('');
    }
    expect((await session.query('SELECT count(*) FROM vendas')).rows[0]?.[0]).toBe('547');
  });
});
