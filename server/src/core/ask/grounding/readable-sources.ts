import type { Language } from '../../../models/language.ts';
import { fold } from '../../retrieval/fold.ts';
import { splitSentences } from '../../text/sentences.ts';
import { contentStems } from './content-stems.ts';
import type { Evidence } from './evidence.ts';
import { namesIn, numbersIn } from './facts.ts';

/** A sentence of a source; offsets into the text of the source. */
export interface SourceSentence {
  start: number;
  end: number;
  text: string;
  stems: ReadonlySet<string>;
}

/** A source read once, for everything that compares text with it. */
export interface ReadableSource {
  evidence: Evidence;
  sentences: readonly SourceSentence[];
  /** Of all sentences. */
  stems: ReadonlySet<string>;
  /** Of title and headings: what the text is about without saying it. */
  heading: { words: ReadonlySet<string>; stems: ReadonlySet<string>; numbers: ReadonlySet<string> };
}

export function readSource(evidence: Evidence, language: Language): ReadableSource {
  const heading = [evidence.document.title, ...evidence.section].join('\n');
  const sentences = splitSentences(evidence.text, language).map(({ start, end }) => {
    const text = evidence.text.slice(start, end);
    return { start, end, text, stems: contentStems(text, language) };
  });
  return {
    evidence,
    sentences,
    stems: new Set(sentences.flatMap(({ stems }) => [...stems])),
    heading: { words: wordsIn(heading), stems: contentStems(heading, language), numbers: numbersIn(heading) },
  };
}

/** Names that occur in the sources or the question, wherever a capital says so. */
export function knownNames(question: string, sources: readonly ReadableSource[]): ReadonlySet<string> {
  const texts = [
    question,
    ...sources.flatMap(({ evidence, sentences }) => [evidence.document.title, ...sentences.map(({ text }) => text)]),
  ];
  return new Set(texts.flatMap((text) => [...namesIn(text)]));
}

export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(fold(text).match(/[\p{L}\p{N}]+/gu));
}
