/** A text in both languages of the product. */
export interface Text {
  pt: string;
  en: string;
}

export type TextLanguage = keyof Text;

/** Portuguese, unless the environment asks for English. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): TextLanguage {
  const locale = environment['BILLUMY_LANGUAGE'] ?? environment['LC_ALL'] ?? environment['LANG'] ?? '';
  return locale.toLowerCase().startsWith('en') ? 'en' : 'pt';
}
