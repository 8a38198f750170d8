import type { Citation } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';
import { fold } from '../retrieval/fold.ts';
import { citationFor, type CitedText } from './citing-writer.ts';
import { contentStems } from './content-stems.ts';
import { harmlessText } from './harmless-text.ts';
import { namesIn, numbersIn } from './facts.ts';
import { wordsIn, type ReadableSource, type SourceSentence } from './readable-sources.ts';

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

// Questions whose answer is a number, and whose answer is a name.
const wantsNumber =
  /\b(?:quant[oa]s?|prazo|valor|preco|custa|custo|limite|telefone|ramal|codigo|quando|data|horario|how (?:many|much|long|far|old|often)|when|price|cost|limit|phone|number|code|date)\b/;
const wantsName = /\b(?:quem|who|whom|whose)\b/;

/**
 * The best one or two neighbouring sentences of the sources for a question, best first, one per source: by shared stems,
 * weighted by their rarity among the sentences, with a preference for numbers where the question asks for one.
 */
export function findQuotations(question: string, sources: readonly ReadableSource[], language: Language): Quotation[] {
  const weights = rarity(contentStems(question, language), sources);
  const wanted = wantedKind(question);
  return sources
    .flatMap((source) => bestOf(source, weights, wanted) ?? [])
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

interface Candidate {
  quotation: Quotation;
  worth: number;
}

function bestOf(
  source: ReadableSource,
  weights: ReadonlyMap<string, number>,
  wanted: (text: string) => boolean,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const window of windows(source.sentences)) {
    const stems = new Set(window.flatMap((sentence) => [...sentence.stems]));
    const coverage = weigh(weights, stems, source.heading.stems);
    const text = window.map((sentence) => sentence.text).join('\n');
    const worth = coverage - costOfASentence * (window.length - 1) + (wanted(text) ? wantedKindBonus : 0);
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

function rarity(stems: ReadonlySet<string>, sources: readonly ReadableSource[]): Map<string, number> {
  const sentences = sources.flatMap((source) => source.sentences);
  return new Map(
    [...stems].map((stem) => {
      const having = sentences.filter((sentence) => sentence.stems.has(stem)).length;
      return [stem, Math.log(1 + (sentences.length + 1) / (having + 0.5))];
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

function wantedKind(question: string): (text: string) => boolean {
  const folded = fold(question);
  if (wantsNumber.test(folded)) {
    const given = numbersIn(question);
    return (text) => [...numbersIn(text)].some((number) => !given.has(number));
  }
  if (!wantsName.test(folded)) return () => false;
  const given = wordsIn(question);
  return (text) => [...namesIn(text)].some((name) => !given.has(name));
}
