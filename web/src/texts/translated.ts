import { useLanguage, type Language } from '../preferences/language.tsx';

/** A text, or one that is made from what is put into it. */
export type Text = string | ((...values: never[]) => string);
export interface Texts {
  readonly [name: string]: Text | Texts;
}

/** The same texts in both languages: one that is missing in either, or is too many, is a type error. */
export function translated<T extends Texts>(texts: { pt: T; en: NoInfer<T> }): Readonly<Record<Language, T>> {
  return texts;
}

/** The texts in the language that was chosen. */
export function useTexts<T extends Texts>(texts: Readonly<Record<Language, T>>): T {
  return texts[useLanguage().language];
}
