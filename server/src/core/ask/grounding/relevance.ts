import type { Language } from '../../../models/language.ts';
import { fold } from '../../retrieval/fold.ts';
import { onlyAsking } from '../../retrieval/stop-words.ts';
import { wordList } from '../../text/word-list.ts';
import { contentStems } from './content-stems.ts';
import { namesIn, plainWordsIn } from './facts.ts';
import { knownNames, wordsIn, type ReadableSource } from './readable-sources.ts';
import { thingAskedFor } from './wanted-kind.ts';

/**
 * How much of what a question asks a stretch of text speaks of: the share (0..1) of its stems, weighted by their rarity
 * among the sentences of the sources.
 */
export type Relevance = (stretch: {
  text: string;
  stems: Stems;
  /** Of the headings above it. */
  headingStems: Stems;
}) => number;

export type Stems = Pick<ReadonlySet<string>, 'has'>;

/** A stem found only in the title or a heading tells less about the text. */
const headingWeight = 0.6;
/** A text that does not name the thing asked for ("the salary") speaks of something else about the same subject. */
const unnamedThingFactor = 0.6;
/** One that has another name instead of one of the question that the sources have speaks of another subject. */
const otherSubjectFactor = 0.6;
// What holds for everything holds for what is named, too, as if a heading named it.
const general = /\b(?:qualquer|quaisquer|tod[oa]s?|cada|any|all|every|each)\b/;

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
  const known = knownNames('', sources);
  const names = contentStems(namesAskedFor(question, { sources, known }).join(' '), language);
  const asked = wordsIn(question);
  const isOfAnother = (text: string): boolean => [...namesIn(text, known)].some((name) => !asked.has(name));
  return ({ text, stems, headingStems }) => {
    const isGeneral = names.size > 0 && general.test(fold(text));
    let found = 0;
    for (const [stem, weight] of weights) {
      if (stems.has(stem)) found += weight;
      else if (headingStems.has(stem) || (isGeneral && names.has(stem))) found += weight * headingWeight;
    }
    const hasAll = (wanted: ReadonlySet<string>): boolean =>
      [...wanted].every((stem) => stems.has(stem) || headingStems.has(stem));
    const isOfSubject = isGeneral || hasAll(names) || !isOfAnother(text);
    const factor = (hasAll(thing) ? 1 : unnamedThingFactor) * (isOfSubject ? 1 : otherSubjectFactor);
    return total === 0 ? 0 : (found / total) * factor;
  };
}

/**
 * The names of the question that the sources have, folded; also those typed without a capital, when no source writes them
 * so.
 */
function namesAskedFor(
  question: string,
  { sources, known }: { sources: readonly ReadableSource[]; known: ReadonlySet<string> },
): string[] {
  const given = namesIn(question, known);
  const words = [...wordsIn(question)].filter((word) => known.has(word));
  if (words.every((word) => given.has(word))) return words;
  const plain = new Set(sources.flatMap(({ sentences }) => sentences.flatMap(({ text }) => [...plainWordsIn(text)])));
  return words.filter((word) => given.has(word) || !plain.has(word));
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
