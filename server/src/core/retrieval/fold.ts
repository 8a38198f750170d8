// Letters that Unicode does not decompose into a plain letter and a mark.
const undecomposed: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * Lower-cases and removes accents, ligatures, full-width forms, soft hyphens and zero-width characters: text typed with
 * and without accents folds to the same.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => undecomposed[letter] ?? letter)
    .toLowerCase();
}
