import { fold } from '../../../retrieval/fold.ts';

/** A word, number or sign of the question. */
export interface Token {
  text: string;
  folded: string;
  /** Where it stands in the question. */
  start: number;
  end: number;
}

/** A question as it is read bit by bit: whatever is understood is taken out of it, and nothing may be left. */
export interface QuestionText {
  readonly original: string;
  readonly tokens: readonly Token[];
  /** The words that are left, folded, with one space between them; `·` where something was taken out for good. */
  text(): string;
  /** Puts one word such as `@c2` in place of some tokens: what they mean is known, not yet what for. */
  mark(place: { from: number; to: number }, word: string): void;
  /** Whether a token is still as it was written. */
  isOpen(index: number): boolean;
  /** Whether it is a sign that says nothing by itself. */
  isSilent(index: number): boolean;
  /** The first match in `text()`, of whole words, in place of which `mark` then stands; null: there is none. */
  take(form: RegExp, mark?: string): RegExpExecArray | null;
  /** The words that are left, as they were written; marks are as they are. */
  left(): string[];
}

export const longestQuestion = 1_000;
const tokenForm =
  /(?:US|R)\$|(?<![\p{L}\p{N}])\p{L}{3}\/\d\d(?![\p{L}\p{N}/])|\d+[ºª°]|\d+(?:[.,/:-]\d+)*(?:-[qtw]\d+)?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’]s(?![\p{L}]))?|[\p{N}]+|[^\s\p{L}\p{N}]/giu;
const silent = /^[.,;:!?¿¡"“”'‘’()[\]{}\-–—/…]$/u;
const takenOut = '·';

export function readQuestion(question: string): QuestionText {
  const original = question.slice(0, longestQuestion);
  const tokens = [...original.matchAll(tokenForm)].map((match): Token => {
    const [text] = match;
    return { text, folded: fold(text).replace(/['’]s$/, ''), start: match.index, end: match.index + text.length };
  });
  // One per token; null is what a mark has swallowed, and signs that say nothing.
  const words: (string | null)[] = tokens.map(({ text, folded }) => (silent.test(text) ? null : folded));
  const isOpen = (index: number): boolean => words[index] === tokens[index]?.folded;
  const present = (): { word: string; index: number }[] =>
    words.flatMap((word, index) => (word === null ? [] : [{ word, index }]));
  return {
    original,
    tokens,
    isOpen,
    isSilent: (index) => silent.test(tokens[index]?.text ?? ''),
    text: () =>
      present()
        .map(({ word }) => word)
        .join(' '),
    mark({ from, to }, word) {
      words.fill(null, from, to + 1);
      words[from] = word;
    },
    take(form, mark = takenOut) {
      const all = present();
      const text = all.map(({ word }) => word).join(' ');
      const match = new RegExp(`(?<![^ ])(?:${form.source})(?![^ ])`).exec(text);
      if (match === null) return null;
      const first = wordAt(text, match.index);
      const last = wordAt(text, match.index + Math.max(0, match[0].length - 1));
      for (const { index } of all.slice(first, last + 1)) words[index] = null;
      words[all[first]?.index ?? 0] = mark;
      return match;
    },
    left: () =>
      present().flatMap(({ word, index }) => {
        if (word === takenOut) return [];
        return [isOpen(index) ? (tokens[index]?.text ?? word) : word];
      }),
  };
}

/** The number of the word that a place in the text is in. */
function wordAt(text: string, place: number): number {
  return text.slice(0, place).split(' ').length - 1;
}
