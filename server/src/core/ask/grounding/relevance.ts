import type { Language } from '../../../models/language.ts';
import { onlyAsking } from '../../retrieval/stop-words.ts';
import { wordList } from '../../text/word-list.ts';
import { contentStems } from './content-stems.ts';
import { wordsIn, type ReadableSource } from './readable-sources.ts';
import { subjectOf, type Statement } from './subject.ts';
import { thingAskedFor } from './wanted-kind.ts';

/**
 * How much of what a question asks a stretch of text speaks of: the share (0..1) of its stems, weighted by their rarity
 * among the sentences of the sources.
 */
export type Relevance = (stretch: {
  statements: readonly Statement[];
  /** Of the headings above it. */
  headingStems: ReadonlySet<string>;
}) => number;

/** A stem found only in the title or a heading tells less about the text. */
const headingWeight = 0.6;
/** A text that does not name the thing asked for ("the salary") speaks of something else about the same subject. */
const unnamedThingFactor = 0.6;
/** One that has another name instead of one of the question that the sources have speaks of another subject. */
const otherSubjectFactor = 0.6;

// Words that shape a question without saying what it is about, folded: "quanto tempo leva", "how long does it take".
const shapingWords = wordList(`
  tempo hora horas vez vezes demora demoram dura duram leva levam fica ficam posso preciso devo faco fazer existe existem acontece
  significa chama texto textos fonte fontes documento documentos informacao informacoes funciona funcionam regra regras
  long time take takes last lasts happen happens need get gets mean called located text texts source sources document documents
  information rule rules`);
const shapingWeight = 0.25;

export function createRelevance(question: string, sources: readonly ReadableSource[], language: Language): Relevance {
  const weights = stemWeights(question, sources, language);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const thing = contentStems(thingAskedFor(question) ?? '', language);
  const subject = subjectOf(question, sources, language);
  return ({ statements, headingStems }) => {
    const isSaid = (stem: string): boolean => statements.some(({ stems }) => stems.has(stem));
    // What holds for everything holds for what is named, as if a heading named it.
    const isAmongAll = subject.isAmongAll(statements);
    let found = 0;
    for (const [stem, weight] of weights) {
      if (isSaid(stem)) found += weight;
      else if (headingStems.has(stem) || (isAmongAll && subject.stems.has(stem))) found += weight * headingWeight;
    }
    const hasThing = [...thing].every((stem) => isSaid(stem) || headingStems.has(stem));
    const isMissed = subject.isMissed(statements, headingStems);
    const factor = (hasThing ? 1 : unnamedThingFactor) * (isMissed ? otherSubjectFactor : 1);
    return total === 0 ? 0 : (found / total) * factor;
  };
}

/** As BM25 weighs terms. */
function stemWeights(question: string, sources: readonly ReadableSource[], language: Language): Map<string, number> {
  const sentences = sources.flatMap((source) => source.sentences);
  const asking = onlyAsking([...wordsIn(question)]);
  const words = [...wordsIn(question)].filter((word) => !asking.has(word));
  const telling = words.filter((word) => !shapingWords.has(word));
  const tellingStems = contentStems(telling.join(' '), language);
  return new Map(
    [...contentStems(words.join(' '), language)].map((stem) => {
      const having = sentences.filter((sentence) => sentence.stems.has(stem)).length;
      const weight = Math.log(1 + (sentences.length + 1) / (having + 0.5));
      return [stem, tellingStems.has(stem) ? weight : weight * shapingWeight];
    }),
  );
}
