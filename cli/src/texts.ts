/** A text in both languages of the product. */
export interface Text {
  pt: string;
  en: string;
}

export type TextLanguage = keyof Text;

/** Portuguese, unless the environment asks for English. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): TextLanguage {
  // A variable that is set to nothing chooses nothing.
  const [locale = ''] = ['BILLUMY_LANGUAGE', 'LC_ALL', 'LANG'].flatMap((name) => environment[name] || []);
  return locale.toLowerCase().startsWith('en') ? 'en' : 'pt';
}
