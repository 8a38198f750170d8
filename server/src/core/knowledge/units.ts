import type { ParsedDocument } from '../../models/document.ts';
import type { Language } from '../../models/language.ts';
import { isSpace, splitSentences, type Span } from '../text/sentences.ts';

/** The smallest stretch that passages are made of: a sentence, or a part of one that is too long. */
export interface Unit extends Span {
  /** In words; what has few spaces counts by its length instead, since a model reads it in as many tokens. */
  weight: number;
  /** Chain of headings above it. */
  path: readonly string[];
  /** First of its section, and whether the text changes its subject there: another top-level section begins. */
  boundary: 'section' | 'top-section' | null;
  isHeading: boolean;
  endsParagraph: boolean;
}

/** A longer word counts as several: numbers, codes and scripts without spaces cost more tokens than words. */
const charactersPerWord = 8;

/** All units of a document, none heavier than `heaviest`, covering everything but white space. */
export function splitUnits(parsed: ParsedDocument, options: { language: Language; heaviest: number }): Unit[] {
  const units: Unit[] = [];
  const topDepth = commonDepth(parsed.sections.map((section) => section.path));
  let previousTop: string | undefined;
  for (const { start, end, path } of stretchesOf(parsed)) {
    const stretch = parsed.text.slice(start, end);
    const top = path[topDepth];
    let boundary: Unit['boundary'] = top === previousTop ? 'section' : 'top-section';
    previousTop = top;
    for (const sentence of splitSentences(stretch, options.language)) {
      for (const part of splitLong(stretch, sentence, options.heaviest)) {
        const isHeading = boundary !== null && isHeadingText(stretch.slice(part.start, part.end), path);
        const endsParagraph = isParagraphEnd(stretch, part.end);
        const { weight } = part;
        units.push({
          start: start + part.start,
          end: start + part.end,
          weight,
          path,
          boundary,
          isHeading,
          endsParagraph,
        });
        boundary = null;
      }
    }
  }
  return units;
}

/** The text from each heading to the next one. */
function* stretchesOf({ text, sections }: ParsedDocument): Generator<Span & { path: readonly string[] }> {
  const firstStart = sections[0]?.start ?? text.length;
  if (firstStart > 0) yield { start: 0, end: firstStart, path: [] };
  for (const [index, { start, path }] of sections.entries()) {
    yield { start, end: sections[index + 1]?.start ?? text.length, path };
  }
}

/** How many headings all sections share: a document whose only first-level heading is its title has its parts below. */
function commonDepth(paths: readonly (readonly string[])[]): number {
  const first = paths[0] ?? [];
  let depth = first.length;
  for (const path of paths) {
    let shared = 0;
    while (shared < depth && path[shared] === first[shared]) shared += 1;
    depth = shared;
  }
  return depth;
}

function isHeadingText(text: string, path: readonly string[]): boolean {
  return text.startsWith('#') || text === path.at(-1);
}

function isParagraphEnd(text: string, from: number): boolean {
  let newlines = 0;
  for (let at = from; at < text.length && isSpace(text.charCodeAt(at)); at += 1) {
    if (text.charCodeAt(at) === 10) newlines += 1;
  }
  return newlines >= 2;
}

interface WeighedSpan extends Span {
  weight: number;
}

/** A sentence as it is, or cut before the word that would make a part too heavy; a word is cut only when it must be. */
function splitLong(text: string, { start, end }: Span, heaviest: number): WeighedSpan[] {
  const parts: WeighedSpan[] = [];
  let partStart = start;
  let words = 0;
  let wordStart = start;
  for (let at = start; at <= end; at += 1) {
    const isGap = at === end || isSpace(text.charCodeAt(at));
    const isTooLong = at - partStart >= heaviest * charactersPerWord;
    if (isTooLong && !isGap) {
      // Before this word when something stands before it, else inside of it, but never inside a character.
      const cut = wordStart > partStart ? wordStart : isLowSurrogate(text, at) ? at - 1 : at;
      pushPart(parts, text, { start: partStart, end: cut, weight: words });
      partStart = cut;
      wordStart = cut;
      words = 0;
    }
    if (!isGap) continue;
    if (at > wordStart) {
      if (words === heaviest) {
        pushPart(parts, text, { start: partStart, end: wordStart, weight: words });
        partStart = wordStart;
        words = 0;
      }
      words += 1;
    }
    wordStart = at + 1;
  }
  pushPart(parts, text, { start: partStart, end, weight: words });
  return parts;
}

function pushPart(parts: WeighedSpan[], text: string, { start, end, weight }: WeighedSpan): void {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charCodeAt(first))) first += 1;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last -= 1;
  if (last === first) return;
  parts.push({ start: first, end: last, weight: Math.max(weight, 1, Math.ceil((last - first) / charactersPerWord)) });
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
