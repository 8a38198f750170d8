/** Suffixes and what becomes of a word that ends with them. */
export interface Suffixes<Value> {
  /** The longest suffix that the word has, all of it at `from` or behind; undefined when there is none. */
  find(word: string, from?: number): { suffix: string; value: Value } | undefined;
}

/** Suffixes by what becomes of them: each key is their list, separated by spaces. */
export function suffixesOf<Value>(lists: readonly (readonly [string, Value])[]): Suffixes<Value> {
  const values = new Map(lists.flatMap(([list, value]) => list.split(' ').map((suffix) => [suffix, value] as const)));
  const lengths = [...new Set([...values.keys()].map(({ length }) => length))].toSorted((one, other) => other - one);
  // Most words end with none: the last letter tells of nearly all of them.
  const lastLetters = new Set([...values.keys()].map((suffix) => suffix.charCodeAt(suffix.length - 1)));
  return {
    find(word, from = 0) {
      if (!lastLetters.has(word.charCodeAt(word.length - 1))) return undefined;
      const longest = word.length - from;
      for (const length of lengths) {
        if (length > longest) continue;
        const suffix = word.slice(word.length - length);
        const value = values.get(suffix);
        if (value !== undefined) return { suffix, value };
      }
      return undefined;
    },
  };
}

/** Where the region behind the first vowel and the letter that is none begins, counted from `from`; undefined: nowhere. */
export function regionAfter(word: string, vowels: ReadonlySet<string>, from: number): number | undefined {
  const vowel = nextOf(word, from, (letter) => vowels.has(letter));
  return vowel === undefined ? undefined : nextOf(word, vowel, (letter) => !vowels.has(letter));
}

/** The place behind the next such letter. */
export function nextOf(word: string, from: number, isWanted: (letter: string) => boolean): number | undefined {
  for (let place = from; place < word.length; place += 1) {
    if (isWanted(word[place]!)) return place + 1;
  }
  return undefined;
}
