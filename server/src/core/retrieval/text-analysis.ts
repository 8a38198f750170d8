import type { Language } from '../../models/language.ts';
import type { Passage } from '../../models/passage.ts';
import type { Terms } from '../../ports/search-index.ts';
import { detectLanguage } from './language.ts';
import { rememberedStem, stem } from './stemming/stem.ts';
import { onlyAsking, stopWords } from './stop-words.ts';
import { runsOf, tokensOf } from './tokenize.ts';

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
const rememberedRuns = 50_000;

/** The terms of a text in a known language. */
export function analyzeText(text: string, language: Language): Terms {
  const words: string[] = [];
  const stems: string[] = [];
  for (const run of runsOf(text)) {
    const terms = rememberedTerms(run, language);
    if (terms.words !== '') words.push(terms.words);
    if (terms.stems !== '') stems.push(terms.stems);
  }
  return { words: words.join(' '), stems: stems.join(' ') };
}

/** The terms of a passage: title and headings are found like its text. */
export function analyzePassage(passage: AnalyzedPassage): Terms {
  return analyzeText(textOf(passage), passage.language);
}

/** All that is searched of a passage. */
export const textOf = ({ title, section, text }: AnalyzedPassage): string => [title, ...section, text].join('\n');

/**
 * The terms of a question. Its language decides the stems; when the language is unsure, both stemmers give theirs.
 * Typed with or without accents, the result is the same.
 */
export function analyzeQuestion(question: string): AnalyzedQuestion {
  const { language, certain } = detectLanguage(question);
  const languages: readonly Language[] = certain ? [language] : ['pt', 'en'];
  const concepts = new Map<string, Concept>();
  const tokens = runsOf(question).flatMap(tokensOf);
  const asking = onlyAsking(tokens.flatMap(({ parts }) => parts));
  for (const { parts, whole } of tokens) {
    for (const part of parts) {
      if (concepts.size === maxConcepts) break;
      if (stopWords.has(part) || asking.has(part)) continue;
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

const remembered: Readonly<Record<Language, Map<string, Terms>>> = { pt: new Map(), en: new Map() };

/** Texts repeat their words: each is taken apart and stemmed once. */
function rememberedTerms(run: string, language: Language): Terms {
  const known = remembered[language].get(run);
  if (known !== undefined) return known;
  if (remembered[language].size >= rememberedRuns) remembered[language].clear();
  const terms = termsOf(run, language);
  remembered[language].set(run, terms);
  return terms;
}

function termsOf(run: string, language: Language): Terms {
  const words: string[] = [];
  const stems: string[] = [];
  for (const { parts, whole } of tokensOf(run)) {
    const content = parts.filter((part) => !stopWords.has(part));
    words.push(...content);
    stems.push(...content.map((part) => stem(part, language)));
    if (whole !== null) words.push(whole);
  }
  return { words: words.join(' '), stems: stems.join(' ') };
}
