import type { Language } from '../../models/language.ts';
import { fold } from './fold.ts';
import { englishStopWords, portugueseStopWords } from './stop-words.ts';

export interface DetectedLanguage {
  language: Language;
  /** False when the text says little, such as a name or a code: then it may as well be the other language. */
  certain: boolean;
}

/** Longer texts show their language early. */
const examinedCharacters = 2_000;
const stopWordEvidence = 2;
const certainMargin = 2;

const portugueseForms =
  /(?:cao|coes|sao|soes|mente|dade|dades|agem|agens|encia|ancia|eiro|eira|vel|veis|ario|aria|lh[aeo]s?|nh[aeo]s?|ei|ou|endo|ando)$/;
const englishForms =
  /(?:ing|tion|tions|ness|ship|ght|ly|ed|th|ck|ss|ty|sh|ll|ow|ey|ies)$|^(?:wh|th|sh|kn|wr)|[kwy]|oo|ee/;

/**
 * Tells Portuguese from English by function words and word forms. It looks at folded text only, so a question means the
 * same typed with or without accents. Portuguese when nothing speaks for either.
 */
export function detectLanguage(text: string): DetectedLanguage {
  let portuguese = 0;
  let english = 0;
  for (const word of fold(text.slice(0, examinedCharacters)).match(/[a-z]+/g) ?? []) {
    const inPortuguese = portugueseStopWords.has(word);
    const inEnglish = englishStopWords.has(word);
    if (inPortuguese && inEnglish) continue;
    if (inPortuguese) portuguese += stopWordEvidence;
    else if (inEnglish) english += stopWordEvidence;
    else if (portugueseForms.test(word)) portuguese += 1;
    else if (englishForms.test(word)) english += 1;
  }
  return { language: english > portuguese ? 'en' : 'pt', certain: Math.abs(portuguese - english) >= certainMargin };
}
