import { runsBeginningWith } from './runs-beginning-with.ts';
import { rememberedStem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { textOf, type AnalyzedPassage, type Concept } from './text-analysis.ts';
import { tokensOf } from './tokenize.ts';

/** What a passage is looked through for. */
export interface Mentions {
  /** Whether the passage has the concept in any form. */
  has(concept: Concept): boolean;
}

/**
 * The words of a passage that may be among those asked for; the others are not taken apart. A word is stemmed only where
 * no word of the passage is the concept itself, and only when it begins like the concept: stemming all words of all
 * passages found would take most of the time of a search.
 * @param initials first letters of the words asked for, folded
 */
export function findMentions(passage: AnalyzedPassage, initials: ReadonlySet<string>): Mentions {
  const { language } = passage;
  const words = new Set<string>();
  const parts = new Set<string>();
  for (const run of runsBeginningWith(textOf(passage), initials)) {
    const known = rememberedWords(run);
    for (const part of known.parts) parts.add(part);
    for (const word of known.words) words.add(word);
  }
  const isStemmedAlike = (part: string, { words: [asked = ''], stems }: Concept): boolean =>
    beginAlike(part, asked) && stems.includes(rememberedStem(part, language));
  const hasStemmed = (concept: Concept): boolean => {
    for (const part of parts) if (isStemmedAlike(part, concept)) return true;
    return false;
  };
  return {
    has: (concept) => concept.words.some((word) => words.has(word) || parts.has(word)) || hasStemmed(concept),
  };
}

/** Shorter words may be changed from their second letter on. */
const lettersOfALongWord = 5;

/** Whether two words may have one stem: no stemmer changes how a word begins, but that English makes `i` of `y`. */
function beginAlike(one: string, other: string): boolean {
  if (one.charAt(0) !== other.charAt(0)) return false;
  if (Math.min(one.length, other.length) < lettersOfALongWord) return true;
  return withoutY(one.charAt(1)) === withoutY(other.charAt(1));
}

const withoutY = (letter: string): string => (letter === 'y' ? 'i' : letter);

interface Words {
  /** That carry meaning. */
  parts: readonly string[];
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
    parts: tokens.flatMap(({ parts }) => parts.filter((part) => !stopWords.has(part))),
    words: tokens.flatMap(({ whole }) => (whole === null ? [] : [whole])),
  };
  words.set(run, found);
  return found;
}
