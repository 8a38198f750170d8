import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/core/retrieval/fold.ts';
import { runsBeginningWith } from '../../../src/core/retrieval/runs-beginning-with.ts';
import { runsOf } from '../../../src/core/retrieval/tokenize.ts';

/** The same, run by run. */
function plainly(text: string, initials: ReadonlySet<string>): string[] {
  return runsOf(text).filter((run) => {
    const [first = ''] = run;
    return initials.has(fold(first).charAt(0)) || !/^\p{Script=Latin}+$/u.test(run);
  });
}

const pieces = [
  ...['a', 'B', 'casa', 'Ácido', 'ção', 'ß', 'ÿ', 'ª', '×', '÷', 'œ', 'ɛwe', '7', '12GB', 'º'],
  ...[' ', '\n', '.', '-', '--', "'", '’', '_', '/', '(', '"', '—', '#', '\u00ad', '\u0301', '\u200b', '\ufeff'],
  ...['数', '部屋', 'день', '😀', '\ud83d'],
];

describe('runsBeginningWith', () => {
  it('gives what looking at every run gives', () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''));
    const initials = fc.subarray(['a', 'b', 'c', 's', 'y', '1', 'e', 'д']).map((letters) => new Set(letters));
    fc.assert(
      fc.property(text, initials, (some, letters) => {
        expect(runsBeginningWith(some, letters)).toEqual(plainly(some, letters));
      }),
      { numRuns: 3000 },
    );
  });

  it('passes over words that begin otherwise, and over no identifier', () => {
    const text = 'Entregas de SKU-123 em 12GB à Estônia. Ônibus';
    expect(runsBeginningWith(text, new Set(['o']))).toEqual(['SKU-123', '12GB', 'Ônibus']);
  });
});
