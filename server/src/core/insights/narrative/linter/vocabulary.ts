import type { Finding, InsightType } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import type { NarrativeTemplates } from '../built-in-narrative.ts';
import { causeWords } from './forbidden-words.ts';
import { englishActionWords, englishWords, englishWordsOfType } from './vocabulary-en.ts';
import { portugueseActionWords, portugueseWords, portugueseWordsOfType } from './vocabulary-pt.ts';

const words: Readonly<
  Record<Language, { common: string; action: string; ofType: Readonly<Record<InsightType, string>> }>
> = {
  pt: { common: portugueseWords, action: portugueseActionWords, ofType: portugueseWordsOfType },
  en: { common: englishWords, action: englishActionWords, ofType: englishWordsOfType },
};

/** Kinds of insight that split a change into parts, and so may say what it comes from. */
const decompositions: ReadonlySet<InsightType> = new Set(['contribution', 'rate_mix']);

/**
 * The words, folded, that a model may write in that part of a narrative. A list of what is allowed is the only one
 * that a hostile model cannot write around; what is not in it comes out of slots.
 */
export function vocabularyFor(
  part: keyof NarrativeTemplates,
  { type, language }: Pick<Finding, 'type'> & { language: Language },
): ReadonlySet<string> {
  const key = `${part} ${type} ${language}`;
  const vocabulary = vocabularies.get(key) ?? readVocabulary(part, { type, language });
  vocabularies.set(key, vocabulary);
  return vocabulary;
}

const vocabularies = new Map<string, ReadonlySet<string>>();

function readVocabulary(
  part: keyof NarrativeTemplates,
  { type, language }: Pick<Finding, 'type'> & { language: Language },
): ReadonlySet<string> {
  const { common, action, ofType } = words[language];
  const lists = [common, ofType[type], part === 'action' ? action : ''];
  return new Set([...lists.join(' ').trim().split(/\s+/), ...(mayTellCauses(part, type) ? causeWords : [])]);
}

/** Whether that part may say why: it is a hypothesis, or the insight is a decomposition. */
export function mayTellCauses(part: keyof NarrativeTemplates, type: InsightType): boolean {
  return part === 'action' || decompositions.has(type);
}
