import { fold } from '../../retrieval/fold.ts';

/** The words of a name such as `ValorTotal_R$`, folded: `valor`, `total`, `r`. Digits are words of their own. */
export function wordsOfName(name: string): string[] {
  const spaced = name.replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  return fold(spaced).match(/\p{L}+|\p{N}+/gu) ?? [];
}

/** A set of words written as one text. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

export function hasWord(words: readonly string[], set: ReadonlySet<string>): boolean {
  return words.some((word) => set.has(word));
}
