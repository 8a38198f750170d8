import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCitingWriter, type CitingWriter } from '../../../src/core/ask/grounding/citing-writer.ts';
import { readSource } from '../../../src/core/ask/grounding/readable-sources.ts';
import type { AnswerPart } from '../../../src/models/answer.ts';
import { evidence } from '../../support/evidence.ts';

const deliveries = evidence({
  number: 1,
  title: 'Política de entregas',
  text: 'O prazo para o Sudeste é de 3 dias úteis. Para Manaus, o prazo é de 12 dias úteis. O cliente não pode devolver peças usadas.',
  start: 100,
});
const fees = evidence({
  number: 2,
  title: 'Frete',
  text: 'O frete custa R$ 24,90. A entrega expressa custa R$ 49,90 e o gerente é Carlos Nunes.',
});
const sources = [deliveries, fees].map((source) => readSource(source, 'pt'));

function write(deltas: readonly string[]): { writer: CitingWriter; parts: AnswerPart[]; streamed: string } {
  const writer = createCitingWriter({ question: 'Qual é o prazo para Manaus?', sources, language: 'pt' });
  const parts = [...deltas.flatMap((delta) => writer.write(delta)), ...writer.end()];
  const streamed = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
  return { writer, parts, streamed };
}

const quotesOf = (text: string): (string | undefined)[] =>
  write([text]).writer.cited.citations.map(({ quote }) => quote);

describe('the citing writer', () => {
  it('puts the marker of the quote before the full stop, wherever the model put its own', () => {
    for (const written of [
      'Para Manaus, o prazo é de 12 dias úteis. [1]',
      'Para Manaus, o prazo é de 12 dias úteis [1].',
      'Para Manaus, o prazo é de 12 dias úteis[1].',
      'Para Manaus [1], o prazo é de 12 dias úteis.',
      '[Fonte 1] Para Manaus, o prazo é de 12 dias úteis.',
      'Para Manaus, o prazo é de 12 dias úteis [1, 2].',
      'Para Manaus, o prazo é de 12 dias úteis.',
    ]) {
      const { writer } = write([written]);
      expect(writer.cited.text.trim()).toBe('Para Manaus, o prazo é de 12 dias úteis [1].');
      expect(writer.cited.citations).toMatchObject([
        {
          marker: 1,
          document: { id: 'doc_1' },
          start: 142,
          end: 182,
          quote: 'Para Manaus, o prazo é de 12 dias úteis.',
        },
      ]);
    }
  });

  it('counts markers in order of appearance, one per quote', () => {
    const { writer } = write([
      'O frete custa R$ 24,90 [2]. Para Manaus, são 12 dias úteis de prazo [1]. O frete custa R$ 24,90.',
    ]);
    expect(writer.cited.text).toBe(
      'O frete custa R$ 24,90 [1]. Para Manaus, são 12 dias úteis de prazo [2]. O frete custa R$ 24,90 [1].',
    );
    expect(writer.cited.citations.map(({ marker, document }) => [marker, document.id])).toEqual([
      [1, 'doc_2'],
      [2, 'doc_1'],
    ]);
    expect(writer.cited.sentences.map(({ citations }) => citations)).toEqual([[1], [2], [1]]);
  });

  it('finds the right source when the model names the wrong one, or one that is not there', () => {
    expect(quotesOf('O frete custa R$ 24,90 [1].')).toEqual(['O frete custa R$ 24,90.']);
    expect(quotesOf('O frete custa R$ 24,90 [9].')).toEqual(['O frete custa R$ 24,90.']);
  });

  it('cites two quotes for a sentence that needs both', () => {
    expect(quotesOf('Para Manaus o prazo é de 12 dias úteis e o frete custa R$ 24,90 [1][2].')).toEqual([
      'Para Manaus, o prazo é de 12 dias úteis.',
      'O frete custa R$ 24,90.',
    ]);
  });

  it.each([
    ['another number', 'Para Manaus, o prazo é de 13 dias úteis [1].'],
    ['a number spelled out', 'Para Manaus, o prazo é de treze dias úteis [1].'],
    ['another name', 'Para Belém, o prazo é de 12 dias úteis [1].'],
    ['another name at the start', 'Manaus tem frete que custa R$ 24,90 [2].'],
    ['the opposite', 'O cliente pode devolver peças usadas [1].'],
    ['the number of another name', 'O prazo para o Sudeste é de 12 dias úteis [1].'],
    ['the name of another number', 'O gerente cobra R$ 24,90 e é Carlos Nunes [2].'],
    ['nothing of the sources', 'A capital da França é Paris [1].'],
    ['no content', 'Sim [1].'],
  ])('flags a sentence with %s', (_what, text) => {
    const { writer } = write([text]);
    expect(writer.cited.sentences).toMatchObject([{ supported: false, citations: [] }]);
    expect(writer.cited.citations).toEqual([]);
    expect(writer.cited.text).not.toMatch(/\[\d/);
  });

  it('accepts a number in another notation', () => {
    expect(quotesOf('Para Manaus, o prazo é de doze dias úteis [1].')).toHaveLength(1);
  });

  it.each([
    'Não sei: as fontes não respondem.',
    'I do not know: the sources do not answer.',
    'As fontes não dizem nada.',
  ])('passes on nothing of "%s"', (text) => {
    const { writer, parts } = write(text.split(/(?<=\s)/));
    expect(parts).toEqual([]);
    expect(writer.doesNotKnow).toBe(true);
  });

  it('passes on a text that only begins like not knowing', () => {
    const { writer, streamed } = write(['Não', ' se', ' aceita. O frete custa R$ 24,90.']);
    expect(streamed).toBe(writer.cited.text);
    expect(writer.doesNotKnow).toBe(false);
  });

  it('knows when a text begins with not knowing but does answer', () => {
    const { writer, streamed } = write(['Não sei ao certo. O frete custa R$ 24,90 [2].']);
    expect(writer.doesNotKnow).toBe(false);
    expect(streamed).toBe('Não sei ao certo. O frete custa R$ 24,90 [1].');
  });

  it('passes words on before their sentence ends', () => {
    const writer = createCitingWriter({ question: '', sources, language: 'pt' });
    expect(writer.write('O frete custa ')).toEqual([{ type: 'text-delta', delta: 'O frete custa' }]);
    expect(writer.write('R$ 24,90. [2')).toEqual([{ type: 'text-delta', delta: ' R$ 24,90' }]);
  });

  it('streams the same text whatever the pieces it arrives in', () => {
    const texts = [
      'O frete custa R$ 24,90. [2] Para Manaus, o prazo é de 12 dias úteis. [1]\n\n- O prazo para o Sudeste é de 3 dias úteis [1].\n- Nada disso! Veja https://evil.example/?q=1 ![x](//evil.example) agora.',
      'Segundo o Sr. Carlos Nunes, a entrega expressa custa R$ 49,90 [2]... e só.',
      'Prazos:\n1. Manaus: 12 dias úteis [1]\n2. Sudeste: 3 dias úteis [1, 2]\n',
      'Não sei: as fontes não respondem.',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(fc.nat(200), { maxLength: 40 }), (text, cuts) => {
        const places = [...new Set(cuts.filter((cut) => cut < text.length))].toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((start, index) => text.slice(start, places[index] ?? text.length));
        const { writer, streamed } = write(pieces);
        const whole = write([text]);
        expect(writer.doesNotKnow || streamed === writer.cited.text).toBe(true);
        expect(writer.cited.citations).toEqual(whole.writer.cited.citations);
        expect(streamed).toBe(whole.streamed);
        for (const { start, end } of writer.cited.sentences) {
          expect(writer.cited.text.slice(start, end)).toBe(writer.cited.text.slice(start, end).trim());
        }
      }),
      { numRuns: 300 },
    );
  });
});
