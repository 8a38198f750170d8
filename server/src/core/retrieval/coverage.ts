import type { Passage } from '../../models/passage.ts';
import type { LexicalResult } from '../../ports/search-index.ts';
import { createFindMentions, type Mentions } from './mentions.ts';
import type { AnalyzedQuestion, Concept } from './text-analysis.ts';

/** A question and how rare its stems are in the index. */
export interface WeighedQuestion {
  concepts: readonly { concept: Concept; weight: number }[];
}

/** Few passages tell little of how rare a word is, so an index counts as having these more, which hold none of it. */
const imaginedPassages = 10;

/** Weighs each content word by its inverse document frequency, that of BM25 smoothed for small indexes; never negative. */
export function weighQuestion(
  question: AnalyzedQuestion,
  { stemFrequencies, passages }: Pick<LexicalResult, 'stemFrequencies' | 'passages'>,
): WeighedQuestion {
  const frequency = new Map(question.stems.map((stem, index) => [stem, stemFrequencies[index] ?? 0]));
  return {
    concepts: question.concepts.map((concept) => {
      const holding = Math.min(passages, Math.max(...concept.stems.map((stem) => frequency.get(stem) ?? 0)));
      return { concept, weight: Math.log((passages + imaginedPassages) / (holding + 0.5)) };
    }),
  };
}

/**
 * How much of each question the passage speaks of: the share (0..1), weighted by rarity, of content words that occur in
 * it in any form. Of several questions, the best share.
 */
export function coverageOf(questions: readonly WeighedQuestion[]): (passage: Passage) => number {
  const findMentions = createFindMentions(questions.flatMap(({ concepts }) => concepts.map(({ concept }) => concept)));
  return (passage) => {
    const mentions = findMentions(passage);
    return Math.max(0, ...questions.map((question) => share(question, mentions)));
  };
}

function share({ concepts }: WeighedQuestion, mentions: Mentions): number {
  let total = 0;
  let covered = 0;
  for (const { concept, weight } of concepts) {
    total += weight;
    if (mentions.has(concept)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}
