import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/core/retrieval/fold.ts';
import { createFindRuns, withoutY } from '../../../src/core/retrieval/runs-beginning-with.ts';
import { runsOf } from '../../../src/core/retrieval/tokenize.ts';

/** The same, run by run. */
function plainly(text: string, beginnings: readonly string[]): string[] {
  return runsOf(text).filter((run) => {
    const isPlain = Array.from(run).every((letter) => letter <= 'ÿ' && /^[a-z]$/.test(fold(letter)));
    return !isPlain || beginnings.some((beginning) => withoutY(fold(run)).startsWith(beginning));
  });
}

const pieces = [
  ...['a', 'B', 'casa', 'Ácido', 'ção', 'ß', 'ÿ', 'ª', '×', '÷', 'œ', 'ɛwe', '7', '12GB', 'º'],
  ...[' ', '\n', '.', '-', '--', "'", '’', '_', '/', '(', '"', '—', '#', '\u00ad', '\u0301', '\u200b', '\ufeff'],
  ...['数', '部屋', 'день', '😀', '\ud83d'],
];

describe('runs that begin in one of these ways', () => {
  it('are those that looking at every run gives', () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''));
    const beginnings = fc.subarray(['a', 'b', 'cas', 'c', 's', 'i', 'casacasa', '1', 'e', 'д']);
    fc.assert(
      fc.property(text, beginnings, (some, asked) => {
        expect(createFindRuns(asked)(some)).toEqual(plainly(some, asked));
      }),
      { numRuns: 3000 },
    );
  });

  it('leave out words that begin otherwise, and no identifier', () => {
    const text = 'Entregas de SKU-123 em 12GB à Estônia. Ônibus, onde';
    expect(createFindRuns(['onib'])(text)).toEqual(['SKU-123', '12GB', 'Ônibus']);
  });
});
