import { describe, expect, it } from 'vitest';
import { around, excerpt } from '../../src/sources/excerpt.ts';

const text = 'Capa. Para Manaus, 12 dias. Fim do texto.';
const cited = { start: text.indexOf('Para'), end: text.indexOf(' Fim') };
const pages = [
  { start: 0, number: 1 },
  { start: text.indexOf('Manaus'), number: 2 },
];

describe('an excerpt', () => {
  it('tells the cited words and the beginnings of pages apart, and loses nothing', () => {
    const parts = excerpt({ text, pages }, { start: 0, end: text.length }, cited);
    expect(parts.map((part) => (part.type === 'page' ? part.number : `${part.type}: ${part.text}`))).toEqual([
      1,
      'text: Capa. ',
      'highlight: Para ',
      2,
      'highlight: Manaus, 12 dias.',
      'text:  Fim do texto.',
    ]);
  });

  it('holds what is shown only', () => {
    const parts = excerpt({ text, pages: [] }, { start: 3, end: text.length - 1 }, cited);
    expect(parts.map((part) => (part.type === 'page' ? '' : part.text)).join('')).toBe(text.slice(3, -1));
  });

  it('may be the cited words alone', () => {
    expect(excerpt({ text, pages: [] }, cited, cited)).toEqual([
      { type: 'highlight', start: cited.start, text: 'Para Manaus, 12 dias.' },
    ]);
  });
});

describe('the surroundings of cited words', () => {
  it('end between words', () => {
    const { start, end } = around(text, cited, 6);
    expect(text.slice(start, end)).toBe('Capa. Para Manaus, 12 dias. Fim');
  });

  it('are all there is, when that is little', () => {
    expect(around(text, cited, 1000)).toEqual({ start: 0, end: text.length });
  });

  it('never cut a character in two', () => {
    const emoji = '🚚'.repeat(10);
    const { start, end } = around(`${emoji}x${emoji}`, { start: 20, end: 21 }, 3);
    expect(`${emoji}x${emoji}`.slice(start, end)).toBe('🚚x🚚');
  });
});
