import { fold } from '../../../retrieval/fold.ts';
import type { Piece, Slot } from '../template.ts';

export type Token = { type: 'word'; text: string } | { type: 'mark' } | Slot;

const tokenPattern = /[\p{L}\p{M}]+|[.!?;]|[,:()–—]/gu;

/** A template as sentences (a semicolon ends one, too) of folded words, marks and slots. */
export function sentencesOf(pieces: readonly Piece[]): readonly (readonly Token[])[] {
  const sentences: Token[][] = [[]];
  for (const piece of pieces) {
    if (piece.type === 'slot') {
      sentences.at(-1)?.push(piece);
      continue;
    }
    for (const [text] of piece.text.matchAll(tokenPattern)) {
      if (/[.!?;]/.test(text)) sentences.push([]);
      else sentences.at(-1)?.push(/[\p{L}\p{M}]/u.test(text) ? { type: 'word', text: fold(text) } : { type: 'mark' });
    }
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

/** A comma or a parenthesis parts more than a word does; "and" and "to" begin what belongs to the next slot. */
const markDistance = 3;
const conjunctionDistance = 2;
const conjunctions = new Set('e para mas enquanto and to while'.split(' '));

/** How far apart two tokens of a sentence stand, in words. */
export function distance(sentence: readonly Token[], { from, to }: { from: number; to: number }): number {
  const between = sentence.slice(Math.min(from, to) + 1, Math.max(from, to));
  return 1 + between.reduce((sum, token) => sum + width(token), 0);
}

function width(token: Token): number {
  if (token.type === 'mark') return markDistance;
  return token.type === 'word' && conjunctions.has(token.text) ? conjunctionDistance : 1;
}
