import type { Language } from '../../../models/language.ts';
import { contentStems } from './content-stems.ts';
import { wordsIn, type ReadableSource } from './readable-sources.ts';
import { thingAskedFor } from './wanted-kind.ts';

/**
 * How much of what a question asks a stretch of text speaks of: the share (0..1) of its stems, weighted by their rarity
 * among the sentences of the sources.
 */
export type Relevance = (text: {
  stems: Stems;
  /** Of the headings above it. */
  headingStems: Stems;
}) => number;

export type Stems = Pick<ReadonlySet<string>, 'has'>;

/** A stem found only in the title or a heading tells less about the text. */
const headingWeight = 0.6;
/** A text that does not name the thing asked for ("the salary") speaks of something else about the same subject. */
const unnamedThingFactor = 0.6;

// Words that shape a question without saying what it is about, folded: "quanto tempo leva", "how long does it take".
const shapingWords = new Set(
  `tempo hora horas vez vezes demora demoram dura duram leva levam fica ficam posso preciso devo faco fazer existe existem acontece
  significa chama long time take takes last lasts happen happens need get gets mean called located`
    .trim()
    .split(/\s+/),
);
const shapingWeight = 0.25;

export function createRelevance(question: string, sources: readonly ReadableSource[], language: Language): Relevance {
  const weights = stemWeights(question, sources, language);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const thing = contentStems(thingAskedFor(question) ?? '', language);
  return ({ stems, headingStems }) => {
    let found = 0;
    for (const [stem, weight] of weights) {
      if (stems.has(stem)) found += weight;
      else if (headingStems.has(stem)) found += weight * headingWeight;
    }
    const isNamed = [...thing].every((stem) => stems.has(stem) || headingStems.has(stem));
    return total === 0 ? 0 : (found / total) * (isNamed ? 1 : unnamedThingFactor);
  };
}

/** As BM25 weighs terms. */
function stemWeights(question: string, sources: readonly ReadableSource[], language: Language): Map<string, number> {
  const sentences = sources.flatMap((source) => source.sentences);
  const telling = [...wordsIn(question)].filter((word) => !shapingWords.has(word));
  const tellingStems = contentStems(telling.join(' '), language);
  return new Map(
    [...contentStems(question, language)].map((stem) => {
      const having = sentences.filter((sentence) => sentence.stems.has(stem)).length;
      const weight = Math.log(1 + (sentences.length + 1) / (having + 0.5));
      return [stem, tellingStems.has(stem) ? weight : weight * shapingWeight];
    }),
  );
}
