import { createFindRuns, withoutY } from './runs-beginning-with.ts';
import { rememberedStem } from './stemming/stem.ts';
import { stopWords } from './stop-words.ts';
import { textOf, type AnalyzedPassage, type Concept } from './text-analysis.ts';
import { tokensOf } from './tokenize.ts';

/** What a passage is looked through for. */
export interface Mentions {
  /** Whether the passage has the concept in any form. */
  has(concept: Concept): boolean;
}

/** Where a word does not begin like its stem: how the stem ends, and what the word has there instead. */
const changedEndings: readonly [inStem: string, inWord: string][] = [
  // jornal, jornais; affabl, affability
  ['l', 'i'],
  // difícil, difíceis
  ['il', 'e'],
  // limão, limões
  ['a', 'o'],
  // independent, independência
  ['t', 'c'],
  // homem, homens
  ['m', 'n'],
  // bore, boring
  ['e', 'i'],
];

/**
 * Looks passages through for concepts. Of the words of a passage, those that may be one of a concept are taken apart, and
 * stemmed only where no word of the passage is the concept itself: doing so with all words of all passages found would
 * take most of the time of a search.
 */
export function createFindMentions(concepts: readonly Concept[]): (passage: AnalyzedPassage) => Mentions {
  const stemBeginnings = new Map(concepts.map((concept) => [concept, concept.stems.flatMap(beginningsOf)]));
  const ownWords = concepts.flatMap(({ words }) => words.map(withoutY));
  const findRuns = createFindRuns([...ownWords, ...[...stemBeginnings.values()].flat()]);
  return (passage) => {
    const words: string[] = [];
    const parts: Part[] = [];
    for (const run of findRuns(textOf(passage))) {
      const known = rememberedWords(run);
      parts.push(...known.parts);
      words.push(...known.words);
    }
    const hasStemmed = (concept: Concept): boolean => {
      const beginnings = stemBeginnings.get(concept) ?? [];
      return parts.some(
        ({ text, compared }) =>
          beginnings.some((beginning) => compared.startsWith(beginning)) &&
          concept.stems.includes(rememberedStem(text, passage.language)),
      );
    };
    const hasWord = (word: string): boolean => words.includes(word) || parts.some(({ text }) => text === word);
    return { has: (concept) => concept.words.some(hasWord) || hasStemmed(concept) };
  };
}

/**
 * How words with this stem begin. Every other word is passed over: stemming a word that was not met before takes as long
 * as passing over a passage.
 */
export function beginningsOf(stem: string): string[] {
  // English makes `i` of `y`.
  const plain = withoutY(stem);
  const changed = changedEndings.filter(([inStem]) => plain.endsWith(inStem));
  return [plain, ...changed.map(([inStem, inWord]) => plain.slice(0, -inStem.length) + inWord)];
}

interface Part {
  text: string;
  /** As it is compared with beginnings. */
  compared: string;
}

interface Words {
  /** That carry meaning. */
  parts: readonly Part[];
  /** Identifiers as a whole. */
  words: readonly string[];
}

const rememberedRuns = 50_000;
const words = new Map<string, Words>();

function rememberedWords(run: string): Words {
  const known = words.get(run);
  if (known !== undefined) return known;
  if (words.size >= rememberedRuns) words.clear();
  const tokens = tokensOf(run);
  const found: Words = {
    parts: tokens
      .flatMap(({ parts }) => parts.filter((part) => !stopWords.has(part)))
      .map((text) => ({ text, compared: withoutY(text) })),
    words: tokens.flatMap(({ whole }) => (whole === null ? [] : [whole])),
  };
  words.set(run, found);
  return found;
}
