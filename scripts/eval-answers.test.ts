import { describe, expect, it } from 'vitest';
import { readAnswerCases } from './answer-set.ts';
import { outcomeOf, runAnswerEval } from './eval-answers.ts';

const realistic = 'models/nano/realistic.json';

describe('evaluation of answers', () => {
  it('tells apart what a person is shown', () => {
    const asked = { sentence: 'The fee is $3.' };
    const shown = { answered: true, mode: 'generated', answer: 'The fee\nis $3 [1].' } as const;
    expect(outcomeOf(asked, shown)).toBe('right');
    expect(outcomeOf(asked, { ...shown, mode: 'extractive' })).toBe('quoted');
    expect(outcomeOf(asked, { ...shown, answer: 'The fee is $33 [1].' })).toBe('wrong');
    expect(outcomeOf(asked, { ...shown, answered: false })).toBe('unanswered');
    expect(outcomeOf({ sentence: null }, shown)).toBe('invented');
    expect(outcomeOf({ sentence: null }, { ...shown, answered: false })).toBe('refused');
  });

  it('reads passages with their titles, the question, and the sentence without its number', async () => {
    const [first] = await readAnswerCases(realistic);
    expect(first).toMatchObject({
      passages: [{ title: 'Política de entregas > Prazos' }, { title: 'Política de entregas > Frete' }],
      question: 'Qual é o prazo de entrega para Manaus?',
      sentence: 'Para Manaus, o prazo de entrega é de 12 dias úteis.',
    });
  });

  it('leaves out talk, which no passage answers', async () => {
    const cases = await readAnswerCases('models/nano/heldout.json');
    expect(cases.length).toBeGreaterThan(50);
    const strays = cases.filter(
      ({ sentence, passages }) => sentence !== null && !passages.some(({ text }) => text.includes(sentence)),
    );
    expect(strays).toEqual([]);
  });

  it('asks through the service, which shows nothing wrong of the first written cases', async () => {
    const cases = (await readAnswerCases(realistic)).slice(0, 6);
    const judged = await runAnswerEval(cases);
    expect(judged.map(({ outcome }) => outcome)).not.toContain('wrong');
    expect(judged.map(({ outcome }) => outcome)).not.toContain('invented');
    expect(judged.filter(({ outcome }) => outcome === 'right').length).toBeGreaterThan(0);
  });
});
