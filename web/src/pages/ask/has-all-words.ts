const accents = /\p{M}/gu;

/** Whether a text contains every word, whatever their order, case and accents. */
export function hasAllWords(text: string, words: string): boolean {
  const folded = fold(text);
  return fold(words)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(accents, '').toLowerCase();
}
