import { describe, expect, it } from 'vitest';
import { pageAt } from '../../../src/core/ask/grounding/evidence.ts';
import { mergeNeighbours } from '../../../src/core/ask/grounding/merge-neighbours.ts';
import type { RetrievedPassage } from '../../../src/core/retrieval/retrieval.ts';

const text = 'Primeira frase. Segunda frase. Terceira frase. Quarta frase.';

function passage(documentId: string, ordinal: number, [start, end, page]: [number, number, number]): RetrievedPassage {
  return {
    passage: {
      id: `${documentId}:1:${ordinal}`,
      documentId,
      revision: 1,
      ordinal,
      collection: 'c',
      title: 'T',
      section: [],
      text: text.slice(start, end),
      start,
      end,
      page,
      pageBreaks: [],
      language: 'pt',
    },
    score: 1 / (ordinal + 1),
    lexical: null,
    dense: null,
    coverage: 1,
  };
}

describe('mergeNeighbours', () => {
  it('joins passages that overlap, in whatever order they were found', () => {
    const parts = [passage('a', 0, [0, 30, 1]), passage('a', 1, [16, 46, 1]), passage('a', 2, [31, 60, 2])];
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
      [0, 2, 1],
    ]) {
      const [merged, ...rest] = mergeNeighbours(order.map((index) => parts[index]!));
      expect(rest).toEqual([]);
      expect(merged).toMatchObject({ number: 1, start: 0, end: 60, text, page: 1, score: 1 });
      expect(pageAt(merged!, 20)).toBe(1);
      expect(pageAt(merged!, 50)).toBe(2);
    }
  });

  it('knows the page of a place on a later page than the one on which its passage begins', () => {
    const overPages = passage('a', 0, [0, 46, 1]);
    const { passage: plain } = overPages;
    const crossing = { ...overPages, passage: { ...plain, pageBreaks: [{ start: 31, number: 2 }] } };
    const [merged] = mergeNeighbours([passage('a', 1, [16, 30, 1]), crossing]);
    expect([0, 16, 30, 31, 45].map((offset) => pageAt(merged!, offset))).toEqual([1, 1, 1, 2, 2]);
  });

  it('keeps apart what does not touch, and other documents, at the place of the better passage', () => {
    const merged = mergeNeighbours([
      passage('b', 0, [0, 15, 1]),
      passage('a', 0, [0, 15, 1]),
      passage('c', 0, [0, 15, 1]),
      passage('a', 2, [31, 46, 1]),
      passage('a', 1, [10, 20, 1]),
    ]);
    expect(merged.map(({ number, document, start, end }) => [number, document.id, start, end])).toEqual([
      [1, 'b', 0, 15],
      [2, 'a', 0, 20],
      [3, 'c', 0, 15],
      [4, 'a', 31, 46],
    ]);
  });

  it('keeps the larger of two passages of which one holds the other', () => {
    const [merged] = mergeNeighbours([passage('a', 1, [16, 20, 1]), passage('a', 0, [0, 46, 1])]);
    expect(merged).toMatchObject({ start: 0, end: 46, text: text.slice(0, 46) });
  });
});
