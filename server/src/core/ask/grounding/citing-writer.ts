import type { AnswerPart, AnswerSentence, Citation } from '../../../models/answer.ts';
import type { Language } from '../../../models/language.ts';
import { splitSentences } from '../../text/sentences.ts';
import { pageAt } from './evidence.ts';
import { namesIn } from './facts.ts';
import { harmlessText } from './harmless-text.ts';
import { saysItDoesNotKnow, startsLikeNotKnowing } from './not-knowing.ts';
import { namesOf, type ReadableSource } from './readable-sources.ts';
import { findSupport, type Support } from './support.ts';

/** Text with its sentences and their quotes; `sentences` are offsets into `text`. */
export interface CitedText {
  text: string;
  sentences: readonly AnswerSentence[];
  citations: readonly Citation[];
}

/**
 * Turns what a model writes into cited text, while it writes. The model's own markers only say where to look first:
 * every sentence, once complete, is aligned with the quote that carries it and gets the marker of that quote, counted
 * from 1 in order of appearance. Words are passed on as they come; the markers follow at the end of their sentence.
 */
export interface CitingWriter {
  write(delta: string): AnswerPart[];
  end(): AnswerPart[];
  /** Equal to the deltas joined, except that a text that says it does not know is never passed on. */
  readonly cited: CitedText;
  readonly doesNotKnow: boolean;
}

export interface CitingWriterOptions {
  question: string;
  sources: readonly ReadableSource[];
  language: Language;
}

type Part = Extract<AnswerPart, { type: 'text-delta' | 'citation' }>;

const marker = /[ \t]*\[(?:fontes?|sources?)?\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]/giu;
// The last word, which may grow on; a marker is one word, closed or not.
const unfinished = /\s*(?:\[[^[\]\n]{0,40}(?:\]\S*)?|\S*)$/u;
const finalPunctuation = /[.!?…:;,]*["'”’»)*_]*\s*$/u;

export function createCitingWriter({ question, sources, language }: CitingWriterOptions): CitingWriter {
  const names = new Set([...namesIn(question), ...namesOf(sources)]);
  const sourceTexts = sources.map(({ evidence }) => evidence.text);
  const sentences: AnswerSentence[] = [];
  const citations: Citation[] = [];
  let waiting = ''; // received, but its last word may not be complete
  let open = ''; // complete words of the sentence being written, with the model's markers
  let passedOn = 0; // of the open sentence without markers
  let text = '';
  let received = '';

  const emit = (delta: string): Part[] => {
    if (delta === '') return [];
    text += delta;
    return [{ type: 'text-delta', delta }];
  };

  const emitOpen = (): Part[] => {
    const plain = withoutMarkers(open).replace(finalPunctuation, '');
    const delta = plain.slice(passedOn);
    passedOn = Math.max(passedOn, plain.length);
    return emit(delta);
  };

  const closeSentence = (written: string): Part[] => {
    const claimed = [...written.matchAll(marker)].flatMap(([, numbers = '']) => numbers.split(/[,;]/).map(Number));
    const plain = withoutMarkers(written);
    const body = plain.trim();
    const before = citations.length;
    const cited = findSupport({ sentence: body, sources, claimed, names, language }).map((support) =>
      citationFor(support, citations),
    );
    const markers = cited.map((citation) => ` [${citation.marker}]`).join('');
    const ending = finalPunctuation.exec(body)?.[0] ?? '';
    const bodyEnd = plain.trimEnd().length - ending.length;
    const parts = emit(plain.slice(passedOn, bodyEnd) + markers + ending);
    const start = text.length - (body.length + markers.length);
    if (body !== '') {
      const numbers = cited.map((citation) => citation.marker);
      sentences.push({ start, end: text.length, supported: cited.length > 0, citations: numbers });
    }
    passedOn = 0;
    return [...parts, ...citations.slice(before).map((citation): Part => ({ type: 'citation', citation }))];
  };

  const closeComplete = (): Part[] => {
    const parts: Part[] = [];
    for (;;) {
      // What was passed on already stays one sentence, even where later words show a boundary in it.
      const complete = splitSentences(open, language).slice(0, -1);
      const end = complete.find((sentence) => withoutMarkers(open.slice(0, sentence.end)).length >= passedOn)?.end;
      if (end === undefined) return parts;
      parts.push(...closeSentence(open.slice(0, end)));
      open = open.slice(end);
    }
  };

  return {
    write(delta) {
      received += delta;
      waiting += delta;
      if (startsLikeNotKnowing(received)) return [];
      const complete = waiting.length - (unfinished.exec(waiting)?.[0].length ?? 0);
      open += harmlessText(waiting.slice(0, complete), sourceTexts);
      waiting = waiting.slice(complete);
      return [...closeComplete(), ...emitOpen()];
    },
    end() {
      open += harmlessText(waiting, sourceTexts);
      waiting = '';
      const parts = [...closeComplete(), ...(open.trim() === '' ? [] : closeSentence(open))];
      open = '';
      return this.doesNotKnow ? [] : parts;
    },
    get cited() {
      return { text, sentences, citations };
    },
    get doesNotKnow() {
      return saysItDoesNotKnow(received) && !sentences.some(({ supported }) => supported);
    },
  };
}

function withoutMarkers(written: string): string {
  return written.replaceAll(marker, '');
}

/** The citation of this quote: the one that stands already, or a new one added to `citations`. */
export function citationFor(support: Support, citations: Citation[]): Citation {
  const { evidence } = support.source;
  const start = evidence.start + support.start;
  const end = evidence.start + support.end;
  const known = citations.find(
    ({ document, ...span }) => document.id === evidence.document.id && span.start === start && span.end === end,
  );
  if (known !== undefined) return known;
  const citation: Citation = {
    marker: citations.length + 1,
    document: evidence.document,
    page: pageAt(evidence, start),
    start,
    end,
    quote: evidence.text.slice(support.start, support.end),
    score: support.score,
  };
  citations.push(citation);
  return citation;
}
