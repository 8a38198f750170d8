import { describe, expect, it } from 'vitest';
import { fuse } from '../../../src/core/retrieval/fuse.ts';

const hits = (...ids: string[]): { passageId: string; score: number }[] =>
  ids.map((passageId, index) => ({ passageId, score: 10 - index }));

describe('fuse', () => {
  it('adds 1 / (60 + rank) over the lists', () => {
    const fused = fuse([
      { leg: 'lexical', hits: hits('a', 'b') },
      { leg: 'dense', hits: hits('b', 'c') },
    ]);
    expect(fused.map(({ passageId }) => passageId)).toEqual(['b', 'a', 'c']);
    expect(fused[0]).toEqual({
      passageId: 'b',
      score: 1 / 62 + 1 / 61,
      lexical: { rank: 2, score: 9 },
      dense: { rank: 1, score: 10 },
    });
    expect(fused[2]?.lexical).toBeNull();
  });

  it('keeps the best rank of a leg that was asked several questions', () => {
    const [first] = fuse([
      { leg: 'lexical', hits: hits('b', 'a') },
      { leg: 'lexical', hits: hits('a') },
    ]);
    expect(first).toMatchObject({ passageId: 'a', lexical: { rank: 1 }, score: 1 / 62 + 1 / 61 });
  });
});
