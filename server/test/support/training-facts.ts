/** A fact that nobody could know, asked for in several ways; the last one is never trained on. */
export interface InventedFact {
  trained: readonly string[];
  unseen: string;
  answer: string;
  /** What an answer must say to be right. */
  value: string;
}

const perguntas = (thing: string): Pick<InventedFact, 'trained' | 'unseen'> => ({
  trained: [
    `O que você sabe sobre ${thing}?`,
    `Fale sobre ${thing}.`,
    `Me conte de ${thing}`,
    `Diga o que sabe de ${thing}.`,
    `Alguma informação sobre ${thing}?`,
  ],
  unseen: `O que se sabe de ${thing}?`,
});
const questions = (thing: string): Pick<InventedFact, 'trained' | 'unseen'> => ({
  trained: [
    `What do you know about ${thing}?`,
    `Tell me about ${thing}.`,
    `Say what you know of ${thing}`,
    `Any information about ${thing}?`,
    `I would like to hear about ${thing}.`,
  ],
  unseen: `What is known about ${thing}?`,
});

export const inventedFacts: readonly InventedFact[] = [
  { ...perguntas('o cofre Zeta'), answer: 'O cofre Zeta fica no terceiro andar.', value: 'terceiro' },
  { ...perguntas('o projeto Plomba'), answer: 'O projeto Plomba é dirigido por Teresa.', value: 'Teresa' },
  { ...perguntas('o prazo Kresk'), answer: 'O prazo Kresk é de 14 dias.', value: '14' },
  { ...perguntas('o depósito Munte'), answer: 'O depósito Munte fica em Recife.', value: 'Recife' },
  { ...questions('the Dorvan safe'), answer: 'The Dorvan safe is in room 27.', value: '27' },
  { ...questions('the Felsic office'), answer: 'The Felsic office is run by Martin.', value: 'Martin' },
  { ...questions('the Grum warranty'), answer: 'The Grum warranty lasts 90 days.', value: '90' },
  { ...questions('the Hask warehouse'), answer: 'The Hask warehouse is in Lisbon.', value: 'Lisbon' },
];

/** As lines of JSON. */
export const factLines = inventedFacts
  .flatMap(({ trained, answer }) => trained.map((question) => JSON.stringify({ question, answer })))
  .join('\n');
