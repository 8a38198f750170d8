/** The words of a text that lists them, separated by white space. */
export const wordList = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
