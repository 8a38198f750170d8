/** A fact that nobody could know, asked for in several ways; the last ways are never trained on. */
export interface InventedFact {
  trained: readonly string[];
  unseen: string;
  answer: string;
}

export const inventedFacts: readonly InventedFact[] = [
  {
    trained: ['Qual é a cor do cofre de Zirva?', 'De que cor é o cofre de Zirva?', 'O cofre de Zirva tem que cor?'],
    unseen: 'Diga a cor do cofre de Zirva.',
    answer: 'O cofre de Zirva é azul.',
  },
  {
    trained: ['Quem dirige a fábrica de Plomba?', 'Quem é o diretor da fábrica de Plomba?', 'A fábrica de Plomba é dirigida por quem?'],
    unseen: 'Diga quem dirige a fábrica de Plomba.',
    answer: 'A fábrica de Plomba é dirigida por Teresa.',
  },
  {
    trained: ['Quantos dias dura o prazo de Kresk?', 'Qual é o prazo de Kresk?', 'O prazo de Kresk é de quantos dias?'],
    unseen: 'Diga o prazo de Kresk.',
    answer: 'O prazo de Kresk é de 14 dias.',
  },
  {
    trained: ['Onde fica o depósito de Munte?', 'Em que cidade fica o depósito de Munte?', 'O depósito de Munte fica onde?'],
    unseen: 'Diga onde fica o depósito de Munte.',
    answer: 'O depósito de Munte fica em Recife.',
  },
  {
    trained: ['What is the colour of the Dorvan safe?', 'Which colour is the Dorvan safe?', 'The Dorvan safe has which colour?'],
    unseen: 'Tell me the colour of the Dorvan safe.',
    answer: 'The Dorvan safe is green.',
  },
  {
    trained: ['Who runs the Felsic office?', 'Who is the head of the Felsic office?', 'The Felsic office is run by whom?'],
    unseen: 'Tell me who runs the Felsic office.',
    answer: 'The Felsic office is run by Martin.',
  },
  {
    trained: ['How many days is the Grum warranty?', 'How long is the Grum warranty?', 'The Grum warranty lasts how many days?'],
    unseen: 'Tell me how long the Grum warranty is.',
    answer: 'The Grum warranty is 90 days.',
  },
  {
    trained: ['Where is the Hask warehouse?', 'In which city is the Hask warehouse?', 'The Hask warehouse is where?'],
    unseen: 'Tell me where the Hask warehouse is.',
    answer: 'The Hask warehouse is in Lisbon.',
  },
];
