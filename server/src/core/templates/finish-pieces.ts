import { mergePieces, type Piece } from './go-template/values.ts';

/**
 * Neighbours of one kind become one piece. Spaces between a template's words and an inserted text go with the text, since
 * most vocabularies have words that begin with a space.
 */
export function finishPieces(pieces: readonly Piece[]): Piece[] {
  return withSpacesMoved(mergePieces(pieces)).filter(({ text }) => text !== '');
}

function withSpacesMoved(pieces: readonly Piece[]): Piece[] {
  let spaces = '';
  return pieces.map(({ text, special }, index) => {
    const before = spaces;
    spaces = special && index < pieces.length - 1 ? spacesAtEnd(text) : '';
    return { text: before + text.slice(0, text.length - spaces.length), special };
  });
}

function spacesAtEnd(text: string): string {
  let place = text.length;
  while (text[place - 1] === ' ') place--;
  return text.slice(place);
}
