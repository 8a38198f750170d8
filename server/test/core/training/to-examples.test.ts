import { describe, expect, it } from 'vitest';
import { buildPrompt } from '../../../src/core/ask/prompt.ts';
import { toExamples } from '../../../src/core/training/examples/to-examples.ts';

describe('an example as a chat', () => {
  it('is a prompt with its completion', () => {
    expect(toExamples([{ prompt: 'Olá', completion: ' Oi! ' }])).toEqual([
      { prompt: [{ role: 'user', text: 'Olá' }], answer: 'Oi!' },
    ]);
  });

  it('asks about its context as the service asks about documents', () => {
    const context = 'O frete custa R$ 20,00.\n\nO prazo é de 3 dias.';
    const [example] = toExamples([{ question: 'Quanto custa o frete?', answer: 'O frete custa R$ 20,00.', context }]);
    const sources = [{ number: 1, document: { title: '' }, section: [], text: context }];
    const prompt = buildPrompt({ question: 'Quanto custa o frete?', sources, language: 'pt', history: [] });
    expect(example).toEqual({ prompt, answer: 'O frete custa R$ 20,00. [1]' });
  });

  it('keeps the markers it has, and cites nothing where the answer is not known', () => {
    const given = { question: 'How much?', context: 'Shipping costs $3.' };
    const answers = toExamples([
      { ...given, answer: 'It costs $3 [1].' },
      { ...given, answer: 'I do not know.' },
    ]).map(({ answer }) => answer);
    expect(answers).toEqual(['It costs $3 [1].', 'I do not know.']);
  });

  it('is a question alone without a context', () => {
    const [example] = toExamples([{ question: 'Quem?', answer: 'Ana.' }]);
    expect(example).toEqual({ prompt: [{ role: 'user', text: 'Quem?' }], answer: 'Ana.' });
  });

  it('is a chat whose last words are learned', () => {
    const messages = [
      { role: 'system', content: 'Seja breve.' },
      { role: 'user', content: 'Oi' },
      { role: 'assistant', content: 'Olá.' },
      { role: 'user', content: 'Quem é?' },
      { role: 'assistant', content: 'Sou eu.' },
    ] as const;
    const [example] = toExamples([{ messages }]);
    expect(example?.prompt.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'system: Seja breve.',
      'user: Oi',
      'assistant: Olá.',
      'user: Quem é?',
    ]);
    expect(example?.answer).toBe('Sou eu.');
  });

  it('is in composed letters', () => {
    const [example] = toExamples([{ prompt: 'João'.normalize('NFD'), completion: 'São'.normalize('NFD') }]);
    expect(example).toEqual({ prompt: [{ role: 'user', text: 'João' }], answer: 'São' });
  });
});
