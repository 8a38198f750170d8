import type { Language } from '../models/language.ts';
import { portuguese } from './portuguese/index.ts';
import { filled, inEnglish, type Told } from './told.ts';

/** What is told, in a language. What has no translation, such as a sentence of an earlier version, stays English. */
export function translate(sentence: Told, language: Language): string {
  if (language === 'en') return inEnglish(sentence);
  const template = portuguese.get(sentence.template) ?? sentence.template;
  return filled(template, sentence.values, (part) => translate(part, language));
}
