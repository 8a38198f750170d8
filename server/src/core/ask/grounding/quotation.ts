import type { Citation } from '../../../models/answer.ts';
import type { Language } from '../../../models/language.ts';
import { citationFor, type CitedText } from './citing-writer.ts';
import { harmlessText } from './harmless-text.ts';
import type { ReadableSource, SourceSentence } from './readable-sources.ts';
import { createRelevance, type Relevance } from './relevance.ts';
import { wantedKind } from './wanted-kind.ts';

/** A verbatim stretch of a source that may answer the question. Offsets into the text of the source. */
export interface Quotation {
  source: ReadableSource;
  start: number;
  end: number;
  /** Its relevance to the question, 0..1. */
  coverage: number;
}

const longestQuotation = 2;
const costOfASentence = 0.12;
const wantedKindBonus = 0.12;
/**
 * The best one or two neighbouring sentences of the sources for a question, best first, one per source: by shared stems,
 * weighted by their rarity among the sentences, with a preference for numbers where the question asks for one.
 */
export function findQuotations(question: string, sources: readonly ReadableSource[], language: Language): Quotation[] {
  const wish: Wish = {
    relevance: createRelevance(question, sources, language),
    isWantedKind: wantedKind(question) ?? (() => false),
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
  relevance: Relevance;
  isWantedKind(text: string): boolean;
}

interface Candidate {
  quotation: Quotation;
  worth: number;
}

function bestOf(source: ReadableSource, { relevance, isWantedKind }: Wish): Candidate | undefined {
  let best: Candidate | undefined;
  for (const window of windows(source.sentences)) {
    const coverage = relevance({ statements: window, headingStems: source.heading.stems });
    const least = coverage - costOfASentence * (window.length - 1);
    if (coverage === 0 || (best !== undefined && least + wantedKindBonus <= best.worth)) continue;
    const text = window.map((sentence) => sentence.text).join('\n');
    const worth = least + (isWantedKind(text) ? wantedKindBonus : 0);
    if (best !== undefined && worth <= best.worth) continue;
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
