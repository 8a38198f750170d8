import type { Finding } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { fold } from '../../../retrieval/fold.ts';
import { detectLanguage } from '../../../retrieval/language.ts';
import type { Piece } from '../template.ts';
import { causeWords, isDirectionWord, isNumberWord } from './forbidden-words.ts';
import type { NarrativePart, Problem } from './problem.ts';
import { vocabularyFor } from './vocabulary.ts';

const numberSign = /[\p{N}\p{Sc}%‰‱٪％]/u;
const forbiddenCharacter = /[^\p{L}\p{M} .,;:()'’"“”\-–—/?!]|\/\/|\p{M}{3}/u;
const word = /[\p{L}\p{M}]+/gu;
/** A letter that touches a slot would make another word of what fills it. */
const joined = { before: /[\p{L}\p{M}]$/u, after: /^[\p{L}\p{M}]/u };

interface Where {
  part: NarrativePart;
  finding: Pick<Finding, 'type'>;
  language: Language;
}

/** What is wrong with the words between the slots. */
export function lintText(pieces: readonly Piece[], { part, finding, language }: Where): Problem[] {
  const literal = pieces.map((piece) => (piece.type === 'text' ? piece.text : ' ')).join('');
  const sign = numberSign.exec(literal);
  if (sign !== null) return [{ part, kind: 'number', found: around(literal, sign.index) }];
  const character = forbiddenCharacter.exec(literal);
  if (character !== null) return [{ part, kind: 'character', found: around(literal, character.index) }];
  const { language: found, certain } = detectLanguage(literal);
  if (certain && found !== language) return [{ part, kind: 'language', found: literal }];
  return [...lintWords(literal, { part, finding, language }), ...lintJoints(pieces, part)];
}

function lintWords(literal: string, { part, finding, language }: Where): Problem[] {
  const vocabulary = vocabularyFor(part, { type: finding.type, language });
  return Array.from(literal.matchAll(word), ([text]) => text).flatMap((text) => {
    const kind = kindOfWord(fold(text), vocabulary);
    return kind === null ? [] : [{ part, kind, found: text }];
  });
}

function kindOfWord(folded: string, vocabulary: ReadonlySet<string>): Problem['kind'] | null {
  if (isNumberWord(folded)) return 'number';
  if (vocabulary.has(folded)) return null;
  if (isDirectionWord(folded)) return 'direction';
  return causeWords.has(folded) ? 'cause' : 'name';
}

function lintJoints(pieces: readonly Piece[], part: NarrativePart): Problem[] {
  return pieces.flatMap((piece, index) => {
    if (piece.type === 'text') return [];
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    const isJoined =
      (before !== undefined && (before.type === 'slot' || joined.before.test(before.text))) ||
      (after?.type === 'text' && joined.after.test(after.text));
    return isJoined ? [{ part, kind: 'character' as const, found: piece.name }] : [];
  });
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 12), index + 12);
}
