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
  /** That a capital shows, in the title or inside a sentence; folded. */
  names: ReadonlySet<string>;
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
    names: new Set(
      [evidence.document.title, ...sentences.map(({ text }) => text)].flatMap((text) => [...namesIn(text)]),
    ),
    heading: { words: wordsIn(heading), stems: contentStems(heading, language), numbers: numbersIn(heading) },
  };
}

/** The names that any of the sources has, folded. */
export function namesOf(sources: readonly ReadableSource[]): ReadonlySet<string> {
  return new Set(sources.flatMap(({ names }) => [...names]));
}

export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(fold(text).match(/[\p{L}\p{N}]+/gu));
}
