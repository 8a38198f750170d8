import { wordByWord } from './ask-setup.ts';

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

/** What a small company keeps, one question about it, and the sentence that answers. */
export const documents = [deliveries, holidays];
export const question = 'Qual é o prazo de entrega para Manaus?';
export const sentence = 'Para Manaus, o prazo de entrega é de 12 dias úteis.';

/** A model that gives this sentence. */
export const answering = (): string[] => wordByWord(`${sentence} [1]`);
