import type { Language } from '../../models/language.ts';
import type { Passage } from '../../models/passage.ts';
import type { Terms } from '../../ports/search-index.ts';
import { detectLanguage } from './language.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { tokenize } from './tokenize.ts';

/** A question as an index is asked it, and as `coverage` compares it with passages. */
export interface AnalyzedQuestion {
  /** Distinct. */
  words: readonly string[];
  /** Distinct. */
  stems: readonly string[];
  concepts: readonly Concept[];
}

/** What of a passage is searched. */
export type AnalyzedPassage = Pick<Passage, 'title' | 'section' | 'text' | 'language'>;

/** One content word of a question; a passage speaks of it when it has any of these forms. */
export interface Concept {
  words: readonly string[];
  /** In each language the question may be in. */
  stems: readonly string[];
}

/** Words beyond these add time, not meaning; a text this long is no question. */
const maxConcepts = 64;
const maxRememberedStems = 50_000;

/** The terms of a text in a known language. */
export function analyzeText(text: string, language: Language): Terms {
  const words: string[] = [];
  const stems: string[] = [];
  for (const { parts, whole } of tokenize(text)) {
    for (const part of parts) {
      const partStem = contentStem(part, language);
      if (partStem === null) continue;
      words.push(part);
      stems.push(partStem);
    }
    if (whole !== null) words.push(whole);
  }
  return { words: words.join(' '), stems: stems.join(' ') };
}

/** The terms of a passage: title and headings are found like its text. */
export function analyzePassage(passage: AnalyzedPassage): Terms {
  return analyzeText([passage.title, ...passage.section, passage.text].join('\n'), passage.language);
}

/**
 * The terms of a question. Its language decides the stems; when the language is unsure, both stemmers give theirs.
 * Typed with or without accents, the result is the same.
 */
export function analyzeQuestion(question: string): AnalyzedQuestion {
  const { language, certain } = detectLanguage(question);
  const languages: readonly Language[] = certain ? [language] : ['pt', 'en'];
  const concepts = new Map<string, Concept>();
  for (const { parts, whole } of tokenize(question)) {
    for (const part of parts) {
      if (concepts.size === maxConcepts) break;
      if (contentStem(part, language) === null) continue;
      const stems = new Set(languages.map((each) => rememberedStem(part, each)));
      concepts.set(part, { words: whole === null ? [part] : [part, whole], stems: [...stems] });
    }
  }
  return {
    words: [...new Set([...concepts.values()].flatMap((concept) => concept.words))],
    stems: [...new Set([...concepts.values()].flatMap((concept) => concept.stems))],
    concepts: [...concepts.values()],
  };
}

/** null for stop words. */
function contentStem(word: string, language: Language): string | null {
  return stopWords.has(word) ? null : rememberedStem(word, language);
}

const remembered: Readonly<Record<Language, Map<string, string>>> = { pt: new Map(), en: new Map() };

function rememberedStem(word: string, language: Language): string {
  const known = remembered[language].get(word);
  if (known !== undefined) return known;
  if (remembered[language].size >= maxRememberedStems) remembered[language].clear();
  const result = stem(word, language);
  remembered[language].set(word, result);
  return result;
}
