import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/core/text/sentences.ts';
import { hostileText } from '../support/hostile-text.ts';

const sentencesOf = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it.each<[string, string[]]>([
    ['O prazo é de 12 dias. A taxa é de 2%.', ['O prazo é de 12 dias.', 'A taxa é de 2%.']],
    ['O Sr. Silva e a Dra. Ana vieram. Foi bom!', ['O Sr. Silva e a Dra. Ana vieram.', 'Foi bom!']],
    ['Custa R$ 1.234,56. Antes custava R$ 10.5.', ['Custa R$ 1.234,56.', 'Antes custava R$ 10.5.']],
    [
      'Pelo art. 5º, inc. II, da Lei nº. 8.078/90, vale. Fim.',
      ['Pelo art. 5º, inc. II, da Lei nº. 8.078/90, vale.', 'Fim.'],
    ],
    ['Use a tool, e.g. a saw, i.e. Something sharp. Done?', ['Use a tool, e.g. a saw, i.e. Something sharp.', 'Done?']],
    ['See Fig. 3 on pp. 10-12. Next one.', ['See Fig. 3 on pp. 10-12.', 'Next one.']],
    ['J. R. Souza assinou. Depois saiu.', ['J. R. Souza assinou.', 'Depois saiu.']],
    ['Fale até 10 de jan. 2025. Obrigado.', ['Fale até 10 de jan. 2025.', 'Obrigado.']],
    ['Ele disse não. Depois, talvez… Quem sabe?', ['Ele disse não.', 'Depois, talvez…', 'Quem sabe?']],
    ['“Chegou.” Ela leu. (Era tarde.) Saiu.', ['“Chegou.”', 'Ela leu.', '(Era tarde.)', 'Saiu.']],
    ['São 12 dias [1]. São 5 horas. [2] Fim. [1][3]', ['São 12 dias [1].', 'São 5 horas. [2]', 'Fim. [1][3]']],
    ['Acesse exemplo.com.br ou v2.0.1. Pronto.', ['Acesse exemplo.com.br ou v2.0.1.', 'Pronto.']],
    ['# Entregas\nManaus: 12 dias', ['# Entregas', 'Manaus: 12 dias']],
    [
      'Itens:\n- um\n- dois e\n  meio\n1. três\n2. Quatro',
      ['Itens:', '- um', '- dois e\n  meio', '1. três', '2. Quatro'],
    ],
    ['Cidade: Manaus; Prazo: 12\nCidade: Recife; Prazo: 5', ['Cidade: Manaus; Prazo: 12', 'Cidade: Recife; Prazo: 5']],
    [
      'Este texto foi quebrado pela largura da página, no Rio de\nJaneiro, sem querer. Acabou.',
      ['Este texto foi quebrado pela largura da página, no Rio de\nJaneiro, sem querer.', 'Acabou.'],
    ],
    ['Rua Um, 5  \nsem número\ne mais', ['Rua Um, 5', 'sem número\ne mais']],
    ['A\nfoi', ['A\nfoi']],
    ['Sem ponto\n\nOutro parágrafo', ['Sem ponto', 'Outro parágrafo']],
    ['', []],
    [' \n\t ', []],
    ['...', ['...']],
  ])('splits %j', (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });

  it('knows which abbreviations belong to which language', () => {
    const text = 'He paid Art. Smith left.';
    expect(splitSentences(text, 'en')).toHaveLength(2);
    expect(splitSentences(text, 'pt')).toHaveLength(1);
  });

  it('leaves out nothing but white space, in order, on any text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const spans = splitSentences(text);
        expect(spans.map(({ start, end }) => text.slice(start, end).replace(/\s/g, '')).join('')).toBe(
          text.replace(/\s/g, ''),
        );
        expect(spans.every(({ start, end }) => text.slice(start, end).trim().length === end - start)).toBe(true);
        expect(spans.every(({ start }, index) => start >= (spans[index - 1]?.end ?? 0))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
