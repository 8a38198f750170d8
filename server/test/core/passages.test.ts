import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPassages, splitPassagesInTurns } from '../../src/core/knowledge/passages.ts';
import type { ParsedDocument } from '../../src/models/document.ts';
import { hostileText } from '../support/hostile-text.ts';

const context = { documentId: 'doc_1', revision: 3, collection: 'geral', title: 'Manual', language: 'pt' } as const;
const plain = (text: string): ParsedDocument => ({ title: null, text, sections: [], pages: [] });
const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const sentence = (index: number): string =>
  `A regra número ${index} vale para todos os pedidos feitos no mês corrente.`;
const paragraph = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => sentence(from + index)).join(' ');

/** Sections and pages that begin at the given headings. */
function withSections(text: string, paths: readonly (readonly string[])[]): ParsedDocument {
  let from = 0;
  const sections = paths.map((path) => {
    const start = text.indexOf(path.at(-1) ?? '', from);
    from = start + 1;
    return { start, path };
  });
  return { title: null, text, sections, pages: [] };
}

describe('splitPassages', () => {
  it('keeps a short document whole', () => {
    const text = 'O prazo de entrega para Manaus é de 12 dias úteis.';
    expect(splitPassages(plain(text), context)).toEqual([
      {
        ...context,
        id: 'doc_1:3:0',
        ordinal: 0,
        section: [],
        text,
        start: 0,
        end: text.length,
        page: null,
        pageBreaks: [],
      },
    ]);
  });

  it('makes passages of about 180 words of whole sentences that overlap by up to 15 %', () => {
    const passages = splitPassages(plain(paragraph(0, 200)), context);
    const lengths = passages.map((passage) => words(passage.text));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(240);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(140);
    expect(passages.every((passage) => /^A regra .*corrente\.$/s.test(passage.text))).toBe(true);
    const overlaps = passages.slice(1).map((passage, index) => (passages[index]?.end ?? 0) - passage.start);
    expect(Math.min(...overlaps)).toBeGreaterThan(0);
    expect(Math.max(...overlaps)).toBeLessThanOrEqual(27 * 12);
  });

  it('prefers the end of a paragraph', () => {
    const text = Array.from({ length: 12 }, (_, index) => paragraph(index * 12, 12)).join('\n\n');
    const passages = splitPassages(plain(text), context);
    expect(passages.every(({ end }) => end === text.length || text.startsWith('\n\n', end))).toBe(true);
  });

  it('never spans two top-level sections, and keeps a heading with the text below it', () => {
    const text = `Manual\n\nEntregas\n\n${sentence(1)}\n\nPagamentos\n\n${sentence(2)}\n\nPix\n\n${sentence(3)}`;
    const document = withSections(text, [
      ['Manual'],
      ['Manual', 'Entregas'],
      ['Manual', 'Pagamentos'],
      ['Manual', 'Pagamentos', 'Pix'],
    ]);
    const passages = splitPassages(document, context);
    expect(passages.map(({ section, text: quoted }) => [section, quoted.split('\n')[0]])).toEqual([
      [['Manual'], 'Manual'],
      [['Manual', 'Pagamentos'], 'Pagamentos'],
    ]);
  });

  it('does not leave a heading behind at the end of a passage', () => {
    const text = `${paragraph(0, 13)}\n\nDevoluções\n\n${paragraph(20, 13)}`;
    const passages = splitPassages(withSections(text, [['Devoluções']]), context);
    expect(passages.map((passage) => passage.text.startsWith('Devoluções'))).toEqual([false, true]);
    expect(passages.map((passage) => passage.section)).toEqual([[], ['Devoluções']]);
  });

  it('names the page on which a passage begins', () => {
    const pages = [1, 2, 3].map((number) => ({ number, text: paragraph(number * 100, 15) }));
    const text = pages.map((page) => page.text).join('\n\n');
    const starts = pages.map(({ number, text: page }) => ({ number, start: text.indexOf(page) }));
    const passages = splitPassages({ title: null, text, sections: [], pages: starts }, context);
    for (const passage of passages) {
      expect(passage.page).toBe(starts.findLast(({ start }) => start <= passage.start)?.number);
    }
    expect(new Set(passages.map((passage) => passage.page))).toEqual(new Set([1, 2, 3]));
  });

  it('knows where the further pages of a passage begin', () => {
    const text = 'Página um.\n\nPágina três.\n\nPágina quatro.';
    const pages = [
      { number: 1, start: 0 },
      { number: 3, start: text.indexOf('Página três') },
      { number: 4, start: text.indexOf('Página quatro') },
      { number: 5, start: text.length },
    ];
    expect(splitPassages({ title: null, text, sections: [], pages }, context)).toMatchObject([
      { page: 1, pageBreaks: pages.slice(1, 3) },
    ]);
  });

  it('cuts a sentence of 5,000 words between words, and a word of 100,000 letters inside', () => {
    const long = Array.from({ length: 5_000 }, (_, index) => `palavra${index}`).join(' ');
    const parts = splitPassages(plain(long), context);
    expect(Math.max(...parts.map((passage) => words(passage.text)))).toBeLessThanOrEqual(240);
    expect(parts.every((passage) => /^palavra\d+ .* palavra\d+$/s.test(passage.text))).toBe(true);

    const endless = splitPassages(plain('😀'.repeat(50_000)), context);
    expect(Math.max(...endless.map((passage) => passage.text.length))).toBeLessThanOrEqual(240 * 8);
    expect(endless.every((passage) => passage.text.isWellFormed())).toBe(true);
  });

  const documents = fc.tuple(hostileText, fc.array(fc.nat(), { maxLength: 8 }));

  it('loses nothing, quotes exactly and stays small on any text and any sections', () => {
    fc.assert(
      fc.property(documents, ([text, cuts]) => expectWhole(cutInto(text, cuts))),
      { numRuns: 1_000 },
    );
  });

  it('loses nothing of long texts either', () => {
    fc.assert(
      fc.property(documents, ([text, cuts]) => expectWhole(cutInto(`${text}\n\n`.repeat(100), cuts))),
      { numRuns: 20 },
    );
  });

  it('cuts the same passages in turns, and lets others run meanwhile', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => paragraph(index * 12, 12)).join('\n\n');
    const document = {
      ...plain(text),
      sections: [
        { start: 0, path: ['A'] },
        { start: text.indexOf('número 9000'), path: ['B'] },
      ],
    };
    let turns = 0;
    const counter = setInterval(() => {
      turns += 1;
    }, 0);
    const passages = await splitPassagesInTurns(document, context);
    clearInterval(counter);
    expect(turns).toBeGreaterThan(0);
    expect(passages).toEqual(splitPassages(document, context));
    expect(splitPassages(document, context).at(-1)?.section).toEqual(['B']);
  });
});

/** A document whose sections and pages begin at the given places. */
function cutInto(text: string, cuts: readonly number[]): ParsedDocument {
  const starts = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
  const sections = starts.map((start, index) => ({
    start,
    path: [`S${index % 3}`, `T${index % 2}`].slice(0, 1 + (index % 2)),
  }));
  return { title: null, text, sections, pages: starts.map((start, index) => ({ start, number: index + 1 })) };
}

function expectWhole(parsed: ParsedDocument): void {
  const passages = splitPassages(parsed, context);
  let covered = 0;
  for (const { start, end, text } of passages) {
    expect(text).toBe(parsed.text.slice(start, end));
    expect(text.trim()).toBe(text);
    expect(parsed.text.slice(covered, Math.max(covered, start)).trim()).toBe('');
    expect(end).toBeGreaterThan(covered);
    expect(words(text)).toBeLessThanOrEqual(240);
    covered = end;
  }
  expect(parsed.text.slice(covered).trim()).toBe('');
  expect(new Set(passages.map((passage) => passage.id)).size).toBe(passages.length);
}
