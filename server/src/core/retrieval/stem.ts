import snowball from 'snowball-stemmers';
import type { Language } from '../../models/language.ts';
import { fold } from './fold.ts';

const stemmers = { pt: snowball.newStemmer('portuguese'), en: snowball.newStemmer('english') };

// The accents Snowball expects in the commonest Portuguese endings, put back on folded words.
const accentedEndings: readonly [RegExp, string][] = [
  [/coes$/, 'ções'],
  [/cao$/, 'ção'],
  [/soes$/, 'sões'],
  [/sao$/, 'são'],
  [/oes$/, 'ões'],
  [/aveis$/, 'áveis'],
  [/iveis$/, 'íveis'],
  [/avel$/, 'ável'],
  [/ivel$/, 'ível'],
  [/encia(s?)$/, 'ência$1'],
  [/ancia(s?)$/, 'ância$1'],
];

/**
 * The stem of a folded word, itself folded. Snowball knows only accented Portuguese, so the endings get their accents
 * back first: the stem of a word is then the same however the word was typed. Words with digits are their own stem.
 */
export function stem(word: string, language: Language): string {
  if (/\p{N}/u.test(word)) return word;
  if (language === 'en') return stemmers.en.stem(word);
  return fold(stemmers.pt.stem(restoreAccents(word)));
}

function restoreAccents(word: string): string {
  for (const [ending, accented] of accentedEndings) {
    if (ending.test(word)) return word.replace(ending, accented);
  }
  return word;
}
