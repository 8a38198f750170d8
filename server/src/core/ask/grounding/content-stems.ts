import type { Language } from '../../../models/language.ts';
import { analyzeText } from '../../retrieval/text-analysis.ts';

const rememberedTexts = 5_000;
/** A whole document as one sentence would take more memory than it saves time. */
const longestRemembered = 1_000;
const remembered: Readonly<Record<Language, Map<string, ReadonlySet<string>>>> = { pt: new Map(), en: new Map() };

/**
 * The distinct stems of the words that carry meaning, as retrieval sees them. The same sentences come back in every
 * stage of an answer, and in question after question: each is taken apart once.
 */
export function contentStems(text: string, language: Language): ReadonlySet<string> {
  const known = remembered[language].get(text);
  if (known !== undefined) return known;
  const stems = new Set(analyzeText(text, language).stems.split(' ').filter(Boolean));
  if (text.length > longestRemembered) return stems;
  if (remembered[language].size >= rememberedTexts) remembered[language].clear();
  remembered[language].set(text, stems);
  return stems;
}
