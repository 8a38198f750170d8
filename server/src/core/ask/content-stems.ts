import type { Language } from '../../models/language.ts';
import { analyzeText } from '../retrieval/text-analysis.ts';

/** The distinct stems of the words that carry meaning, as retrieval sees them. */
export function contentStems(text: string, language: Language): ReadonlySet<string> {
  return new Set(analyzeText(text, language).stems.split(' ').filter(Boolean));
}
