import type { Citation } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';
import { citationFor, type CitedText } from './citing-writer.ts';
import { contentStems } from './content-stems.ts';
import { harmlessText } from './harmless-text.ts';
import { wordsIn, type ReadableSource, type SourceSentence } from './readable-sources.ts';
import { thingAskedFor, wantedKind } from './wanted-kind.ts';

/** A verbatim stretch of a source that may answer the question. Offsets into the text of the source. */
export interface Quotation {
  source: ReadableSource;
  start: number;
  end: number;
  /** Share (0..1) of the question's stems, weighted by rarity, that the quotation and its headings have. */
  coverage: number;
}

const longestQuotation = 2;
const costOfASentence = 0.06;
/** A stem found only in the title or a heading tells less about the sentence. */
const headingWeight = 0.6;
const wantedKindBonus = 0.12;
/** A quotation that does not name the thing asked for ("the salary") speaks of something else about the same subject. */
const unnamedThingFactor = 0.6;

// Words that shape a question without saying what it is about, folded: "quanto tempo leva", "how long does it take".
const shapingWords = new Set(
  `tempo vez vezes demora demoram dura duram leva levam fica ficam posso preciso devo faco fazer existe existem acontece
  significa chama long take takes last lasts happen happens need get gets mean called located`
    .trim()
    .split(/\s+/),
);
const shapingWeight = 0.25;

/**
 * The best one or two neighbouring sentences of the sources for a question, best first, one per source: by shared stems,
 * weighted by their rarity among the sentences, with a preference for numbers where the question asks for one.
 */
export function findQuotations(question: string, sources: readonly ReadableSource[], language: Language): Quotation[] {
  const thing = thingAskedFor(question);
  const wish: Wish = {
    weights: stemWeights(question, sources, language),
    isWantedKind: wantedKind(question) ?? (() => false),
    thing: contentStems(thing ?? '', language),
  };
  return sources
    .flatMap((source) => bestOf(source, wish) ?? [])
    .toSorted((one, other) => other.worth - one.worth)
    .map(({ quotation }) => quotation);
}

/** The quotations as the text of an answer: each verbatim, but harmless to show, with its marker. */
export function quote(quotations: readonly Quotation[]): CitedText {
  const citations: Citation[] = [];
  const lines = quotations.map(({ source, start, end, coverage }) => {
    const { marker } = citationFor({ source, start, end, score: coverage }, citations);
    return `${shown(source.evidence.text.slice(start, end))} [${marker}]`;
  });
  let start = 0;
  const sentences = lines.map((line, index) => {
    const sentence = { start, end: start + line.length, supported: true, citations: [index + 1] };
    start = sentence.end + 1;
    return sentence;
  });
  return { text: lines.join('\n'), sentences, citations };
}

/** The quote as text of an answer: footnote marks of the document would look like ours. */
function shown(quoted: string): string {
  return harmlessText(quoted, [quoted]).replaceAll(/\[(\d+)\]/g, '($1)');
}

interface Wish {
  weights: ReadonlyMap<string, number>;
  isWantedKind(text: string): boolean;
  /** Stems of the thing asked for; empty when the question names none. */
  thing: ReadonlySet<string>;
}

interface Candidate {
  quotation: Quotation;
  worth: number;
}

function bestOf(source: ReadableSource, { weights, isWantedKind, thing }: Wish): Candidate | undefined {
  let best: Candidate | undefined;
  for (const window of windows(source.sentences)) {
    const stems = new Set(window.flatMap((sentence) => [...sentence.stems]));
    const isNamed = [...thing].every((stem) => stems.has(stem) || source.heading.stems.has(stem));
    const coverage = weigh(weights, stems, source.heading.stems) * (isNamed ? 1 : unnamedThingFactor);
    const text = window.map((sentence) => sentence.text).join('\n');
    const worth = coverage - costOfASentence * (window.length - 1) + (isWantedKind(text) ? wantedKindBonus : 0);
    if (coverage === 0 || (best !== undefined && worth <= best.worth)) continue;
    const quotation = { source, start: window[0]?.start ?? 0, end: window.at(-1)?.end ?? 0, coverage };
    best = { quotation, worth };
  }
  return best;
}

/** A question or a heading alone answers nothing: it goes with the sentence after it. */
function* windows(sentences: readonly SourceSentence[]): Generator<SourceSentence[]> {
  for (let length = 1; length <= longestQuotation; length++) {
    for (let first = 0; first + length <= sentences.length; first++) {
      const window = sentences.slice(first, first + length);
      if (window.some(({ text }) => states(text))) yield window;
    }
  }
}

function states(text: string): boolean {
  return !/[?:]\s*$/.test(text) && !/^\s*#/.test(text);
}

/** By rarity among the sentences, as BM25 weighs terms. */
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

function weigh(weights: ReadonlyMap<string, number>, own: ReadonlySet<string>, heading: ReadonlySet<string>): number {
  let total = 0;
  let found = 0;
  for (const [stem, weight] of weights) {
    total += weight;
    if (own.has(stem)) found += weight;
    else if (heading.has(stem)) found += weight * headingWeight;
  }
  return total === 0 ? 0 : found / total;
}
