/** January to December, in lower case. */
export const monthNames = {
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'.split(' '),
  en: 'january february march april may june july august september october november december'.split(' '),
} as const;

/** As many letters of a name tell it, in either language. */
export const shortMonthLetters = 3;
