import { describe, expect, it } from 'vitest';
import { setUpAsk, wordByWord } from '../../support/ask-setup.ts';

const deliveries = {
  id: 'doc_1',
  title: 'Política de entregas',
  section: ['Prazos'],
  texts: [
    'O prazo de entrega para as capitais do Sudeste é de 3 dias úteis. Para Manaus, o prazo de entrega é de 12 dias úteis.',
    'O frete custa R$ 24,90 para qualquer cidade do Brasil. A entrega expressa custa R$ 49,90.',
  ],
};
const holidays = {
  id: 'doc_2',
  title: 'Férias',
  texts: ['Cada pessoa tem 30 dias de férias por ano. O pedido de férias é feito com 45 dias de antecedência.'],
};
const documents = [deliveries, holidays];

describe('ask', () => {
  it('answers from a document, with the quote it stands on', async () => {
    await using setup = await setUpAsk({
      documents,
      reply: () => wordByWord('Para Manaus, o prazo de entrega é de 12 dias úteis. [1]'),
    });
    const answer = await setup.answer('Qual é o prazo de entrega para Manaus?');
    expect(answer).toMatchObject({
      answered: true,
      mode: 'generated',
      text: 'Para Manaus, o prazo de entrega é de 12 dias úteis [1].',
      citations: [
        {
          marker: 1,
          document: { id: 'doc_1', title: 'Política de entregas', revision: 1 },
          start: 66,
          end: 117,
          quote: 'Para Manaus, o prazo de entrega é de 12 dias úteis.',
          score: 1,
        },
      ],
      sentences: [{ start: 0, end: 55, supported: true, citations: [1] }],
      refusal: null,
      model: 'nano',
      language: 'pt',
    });
  });
});
