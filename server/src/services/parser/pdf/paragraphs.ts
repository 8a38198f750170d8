import type { PdfLine } from './lines.ts';

/** Lines farther apart than this many times their height belong to different paragraphs. */
const paragraphGap = 1.75;
/** A line that ends this near to the right edge was broken for its width. */
const fullLineShare = 0.85;

/** Joins the lines of a stretch of text to paragraphs, and hyphenated words to words. */
export function paragraphsOf(lines: readonly PdfLine[]): string[] {
  const paragraphs: string[] = [];
  const column = columnOf(lines);
  const hyphenated = hyphenatedWords(lines);
  let text = '';
  for (const [index, line] of lines.entries()) {
    const previous = lines[index - 1];
    if (previous === undefined) text = line.text;
    else if (isFarBelow(previous, line)) {
      paragraphs.push(text);
      text = line.text;
    } else text = isWrapped(previous, line, column) ? joined(text, line.text, hyphenated) : `${text}\n${line.text}`;
  }
  return [...paragraphs, text];
}

interface Column {
  left: number;
  right: number;
}

function columnOf(lines: readonly PdfLine[]): Column {
  const column = { left: Infinity, right: -Infinity };
  for (const line of lines) {
    column.left = Math.min(column.left, line.left);
    column.right = Math.max(column.right, line.right);
  }
  return column;
}

/** Whether a paragraph goes on on the next page: it ends without a full stop there, and the page begins in small letters. */
export function goesOnOverleaf(last: PdfLine | undefined, next: PdfLine | undefined): boolean {
  return last !== undefined && next !== undefined && /[\p{L}\d,]$/u.test(last.text) && /^\p{Ll}/u.test(next.text);
}

function isFarBelow(previous: PdfLine, line: PdfLine): boolean {
  const gap = previous.baseline - line.baseline;
  const height = Math.max(previous.height, line.height);
  // Above the line before it: another column or page, where a sentence may go on.
  if (gap < 0) return /[.!?:;]$/.test(previous.text);
  return gap > height * paragraphGap;
}

/** Whether a line goes on in the next one, rather than being an item, a row, or the end of a paragraph. */
function isWrapped(previous: PdfLine, line: PdfLine, column: Column): boolean {
  if (/^(?:[-*\u2022\u2013\u25aa\u25cf\u25cb]|\(?(?:\d{1,3}|[a-z])[.)])\s/i.test(line.text)) return false;
  if (previous.text.includes(' | ') || line.text.includes(' | ')) return false;
  const isFull = previous.right - column.left >= (column.right - column.left) * fullLineShare;
  return isFull || /^\p{Ll}/u.test(line.text);
}

function joined(text: string, next: string, hyphenated: ReadonlySet<string>): string {
  if (!text.endsWith('-')) return `${text} ${next}`;
  const left = /(\p{L}+)-$/u.exec(text.slice(-longestWord))?.[1];
  const right = /^\p{Ll}+/u.exec(next.slice(0, longestWord))?.[0];
  if (left === undefined || right === undefined) return `${text} ${next}`;
  const keepsHyphen = hyphenated.has(`${left}-${right}`.toLowerCase()) || attached.has(right);
  return (keepsHyphen ? text : text.slice(0, -1)) + next;
}

const longestWord = 60;
/** What Portuguese attaches to a word by a hyphen of its own: pronouns, and the days of the week. */
const attached: ReadonlySet<string> = new Set('a o as os me te se lhe lhes la lo las los na no vos feira'.split(' '));

/** Words that are written with a hyphen inside a line, when another line ends with one: it may belong to such a word. */
function hyphenatedWords(lines: readonly PdfLine[]): ReadonlySet<string> {
  const words = new Set<string>();
  if (!lines.some(({ text }) => text.endsWith('-'))) return words;
  for (const { text } of lines) {
    for (const [word] of text.matchAll(/\p{L}{1,40}-\p{L}{1,40}/gu)) words.add(word.toLowerCase());
  }
  return words;
}
