import type { Language } from '../../../models/language.ts';
import { fold } from '../../retrieval/fold.ts';
import type { CitedText } from './citing-writer.ts';
import { contentStems } from './content-stems.ts';
import type { Quotation } from './quotation.ts';
import type { ReadableSource } from './readable-sources.ts';
import { createRelevance } from './relevance.ts';
import { wantedKind } from './wanted-kind.ts';

export interface Doubt {
  question: string;
  language: Language;
  sources: readonly ReadableSource[];
  /** Best first. */
  quotations: readonly Quotation[];
}

/** A quotation this relevant is believed over a bundled model that does not know. */
export const tellingCoverage = 0.7;
/** What was written must be about as relevant as the best quotation, and speak of the question at all. */
const comparableShare = 0.75;
const leastRelevance = 0.45;
const markers = /\[\d+\]/g;

/**
 * The bundled model is so small that it often copies the wrong sentence, word for word, so that the sources carry it, or
 * slips in the middle of one. `keep` what it wrote, unless it slipped or a quotation is clearly closer to the question
 * (`quote`), or nothing is close (`refuse`).
 */
export function secondGuess(cited: CitedText, doubt: Doubt): 'keep' | 'quote' | 'refuse' {
  const best = doubt.quotations[0];
  if (best === undefined) return 'refuse';
  const written = relevanceOf(cited, doubt);
  if (written < best.coverage * comparableShare || missesTheAnswer(cited, best, doubt.question)) return 'quote';
  if (written < leastRelevance) return 'refuse';
  return isCopied(cited) ? 'keep' : 'quote';
}

/** Whether every sentence stands in its quote word for word. */
function isCopied({ text, sentences, citations }: CitedText): boolean {
  return sentences.every((sentence) => {
    const quotes = citations.filter(({ marker }) => sentence.citations.includes(marker));
    const written = text.slice(sentence.start, sentence.end).replaceAll(markers, '');
    return quotes.some(({ quote }) => ` ${wordsOf(quote)} `.includes(` ${wordsOf(written)} `));
  });
}

function wordsOf(text: string): string {
  return (
    fold(text)
      .match(/[\p{L}\p{N}$%]+/gu)
      ?.join(' ') ?? ''
  );
}

function relevanceOf({ citations }: CitedText, { question, language, sources }: Doubt): number {
  const relevance = createRelevance(question, sources, language);
  const statements = citations.map(({ quote }) => ({ text: quote, stems: contentStems(quote, language) }));
  const above = sources.filter(({ evidence }) =>
    citations.some(
      ({ document, start, end }) =>
        document.id === evidence.document.id && start >= evidence.start && end <= evidence.end,
    ),
  );
  return relevance({ statements, headingStems: new Set(above.flatMap(({ heading }) => [...heading.stems])) });
}

/** The question asks for a number or a name, the quotation has one, and what was written has none that is supported. */
function missesTheAnswer({ text, sentences }: CitedText, best: Quotation, question: string): boolean {
  const hasIt = wantedKind(question);
  if (hasIt === null) return false;
  const supported = sentences.filter((sentence) => sentence.supported);
  const written = supported.map(({ start, end }) => text.slice(start, end).replaceAll(markers, ''));
  return !written.some(hasIt) && hasIt(best.source.evidence.text.slice(best.start, best.end));
}
