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

/** The units of a document in order, none heavier than `heaviest`, covering everything but white space. */
export function* unitsOf(
  parsed: ParsedDocument,
  { language, heaviest }: { language: Language; heaviest: number },
): Generator<Unit> {
  const topDepth = commonDepth(parsed.sections.map((section) => section.path));
  let previousTop: string | undefined;
  for (const { start, end, path, isFirst } of stretchesOf(parsed)) {
    const stretch = parsed.text.slice(start, end);
    const top = path[topDepth];
    let boundary: Unit['boundary'] = top === previousTop ? 'section' : 'top-section';
    if (!isFirst) boundary = null;
    previousTop = top;
    for (const sentence of splitSentences(stretch, language)) {
      for (const { weight, ...part } of splitLong(stretch, sentence, heaviest)) {
        const isHeading = boundary !== null && isHeadingText(stretch.slice(part.start, part.end), path);
        const endsParagraph = isParagraphEnd(parsed.text, start + part.end);
        yield { start: start + part.start, end: start + part.end, weight, path, boundary, isHeading, endsParagraph };
        boundary = null;
      }
    }
  }
}

interface Stretch extends Span {
  path: readonly string[];
  /** Of its section. */
  isFirst: boolean;
}

/** So much text is looked at in one go, unless it has no paragraphs. */
const stretchLength = 64 * 1024;

/** The text from each heading to the next one; long sections in several stretches of whole paragraphs. */
function* stretchesOf({ text, sections }: ParsedDocument): Generator<Stretch> {
  const firstStart = sections[0]?.start ?? text.length;
  if (firstStart > 0) yield* paragraphStretches(text, { start: 0, end: firstStart, path: [] });
  for (const [index, { start, path }] of sections.entries()) {
    yield* paragraphStretches(text, { start, end: sections[index + 1]?.start ?? text.length, path });
  }
}

function* paragraphStretches(text: string, { start, end, path }: Omit<Stretch, 'isFirst'>): Generator<Stretch> {
  let from = start;
  while (end - from > stretchLength) {
    const gap = text.indexOf('\n\n', from + stretchLength);
    if (gap < 0 || gap >= end) break;
    yield { start: from, end: gap, path, isFirst: from === start };
    from = gap;
  }
  yield { start: from, end, path, isFirst: from === start };
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
