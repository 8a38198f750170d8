import type { Language } from '../../models/language.ts';
import { endsWithAbbreviation } from './abbreviations.ts';

/** UTF-16 offsets into the text that was split. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The sentences of a text, in order, without the white space around them; together they hold every other character.
 * Headings, list items and rows of tables are sentences of their own; lines broken for their width are joined. A citation
 * marker after the full stop (`… days. [1]`) belongs to the sentence before it. One pass, linear in the length.
 * @param language whose abbreviations end no sentence; both languages when unknown
 */
export function splitSentences(text: string, language?: Language): Span[] {
  const sentences: Span[] = [];
  let start = skipSpace(text, 0);
  let lineStart = start;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > question && code < ellipsis) continue;
    let end = -1;
    if (code === newline) {
      if (isLineEnd(text, lineStart, at)) end = at;
      lineStart = at + 1;
    } else if (code === fullStop || code === question || code === exclamation || code === ellipsis) {
      end = sentenceEnd(text, at, { start, lineStart, language });
    }
    if (end < 0) continue;
    pushTrimmed(sentences, text, { start, end });
    start = skipSpace(text, end);
    for (let gap = end; gap < start; gap += 1) if (text.charCodeAt(gap) === newline) lineStart = gap + 1;
    at = start - 1;
  }
  pushTrimmed(sentences, text, { start, end: text.length });
  return sentences;
}

const newline = 10;
const exclamation = 33;
const fullStop = 46;
const question = 63;
const ellipsis = 0x2026;

interface Position {
  start: number;
  lineStart: number;
  language: Language | undefined;
}

/** The end of the sentence whose terminator stands at `at`, or -1 when the sentence goes on. */
function sentenceEnd(text: string, at: number, { start, lineStart, language }: Position): number {
  closing.lastIndex = at + 1;
  closing.test(text);
  const end = closing.lastIndex;
  if (end < text.length && !isSpace(text.charCodeAt(end))) return -1;
  const next = skipSpace(text, end);
  if (next < text.length && isLowerCase(text, next)) return -1;
  if (text.charCodeAt(at) === fullStop && end === at + 1) {
    if (isListNumber(text, lineStart, at)) return -1;
    if (next < text.length && endsWithAbbreviation(text, { start, end: at, next, language })) return -1;
  }
  return end;
}

/** More terminators, closing quotes and brackets, then citation markers. Sticky, and cannot fail: it matches nothing. */
const closing = /[.!?\u2026]{0,20}["'\u2019\u201d\u00bb)\]*_]{0,5}(?: ?\[\d{1,4}\]){0,20}/y;

/** `12.` at the beginning of a line numbers the sentence after it. */
function isListNumber(text: string, lineStart: number, at: number): boolean {
  return (
    at - lineStart <= longestListNumber &&
    /^\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})$/.test(text.slice(lineStart, at))
  );
}

const longestListNumber = 20;
/** Shorter lines are not broken for their width. */
const shortestWrappedLine = 50;

/** Whether the line break at `at` ends a sentence, or only the width of the page. */
function isLineEnd(text: string, lineStart: number, at: number): boolean {
  const next = skipBlanks(text, at + 1);
  if (next >= text.length || text.charCodeAt(next) === newline) return true;
  const following = text.slice(next, next + longestItemStart);
  if (itemStart.test(following)) return true;
  if (text[lineStart] === '#' || text[lineStart] === '|') return true;
  const last = text
    .slice(Math.max(lineStart, at - 2), at)
    .trimEnd()
    .at(-1);
  // Two spaces at the end of a line are a line break in Markdown.
  if (last === undefined || ':;'.includes(last)) return true;
  const line = text.slice(lineStart, lineStart + longestItemStart);
  if (fieldStart.test(following) && fieldStart.test(line)) return true;
  if (isLowerCase(text, next) || ',('.includes(last)) return false;
  return at - lineStart < shortestWrappedLine || fieldStart.test(following);
}

const longestItemStart = 80;
const itemStart =
  /^(?:[-*+\u2022\u2013\u2014\u25aa\u25cf>|]\s|#{1,6}\s|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5})[.)]\s|```)/i;
/** `Prazo: 12 dias`, as rows of tables begin. */
const fieldStart = /^[^\s:;.][^:;.\n]{0,60}: /;

function pushTrimmed(sentences: Span[], text: string, { start, end }: Span): void {
  let last = end;
  while (last > start && isSpace(text.charCodeAt(last - 1))) last -= 1;
  if (last > start) sentences.push({ start, end: last });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== newline && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** As `\s` and `String.trim`. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function isLowerCase(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return code >= 97 && code <= 122;
  return /^\p{Ll}/u.test(text.slice(at, at + 2));
}
