import type { Language } from '../../../models/language.ts';
import { fold } from '../fold.ts';
import { stemEnglish } from './english.ts';
import { stemPortuguese } from './portuguese.ts';

/**
 * Endings of folded Portuguese words as the stemmer knows them: plurals it leaves as they are become singular, and the
 * accents it looks for come back. The first that fits counts.
 */
const endings: readonly [RegExp, string][] = [
  [/aveis$/, 'ável'],
  [/iveis$/, 'ível'],
  [/avel$/, 'ável'],
  [/ivel$/, 'ível'],
  [/encia(s?)$/, 'ência$1'],
  [/ancia(s?)$/, 'ância$1'],
  [/(?:coes|cao)$/, 'ção'],
  [/(?:oes|aes|(?<!^c)aos|ao)$/, 'ão'],
  [/((?:^|in)ut|fac|fic|foss|projet|rept|text|frag|^ag|fert|ester|versat|volat|portat|^hab|deb|doc)eis$/, '$1il'],
  [/(?<=..)([aeou])is$/, '$1l'],
  [/([aeiou])ns$/, '$1m'],
];

/**
 * The stem of a folded word, itself folded. The ending is restored to what the stemmer knows before it stems, so the
 * stem of a word is the same however the word was typed. Words with digits are their own stem.
 */
export function stem(word: string, language: Language): string {
  if (/\p{N}/u.test(word)) return word;
  return language === 'en' ? stemEnglish(word) : fold(stemPortuguese(restoreEnding(word)));
}

const rememberedWords = 50_000;
const remembered: Readonly<Record<Language, Map<string, string>>> = { pt: new Map(), en: new Map() };

/** The same, for words that come back soon: those of questions and of the passages found. */
export function rememberedStem(word: string, language: Language): string {
  const known = remembered[language].get(word);
  if (known !== undefined) return known;
  if (remembered[language].size >= rememberedWords) remembered[language].clear();
  const found = stem(word, language);
  remembered[language].set(word, found);
  return found;
}

function restoreEnding(word: string): string {
  for (const [ending, known] of endings) {
    if (ending.test(word)) return word.replace(ending, known);
  }
  return word;
}
