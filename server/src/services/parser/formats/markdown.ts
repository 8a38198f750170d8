import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { maxSections, maxTitleLength } from '../limits.ts';
import { decodeText } from '../text/decode-text.ts';
import { cleanTitle, createDocumentBuilder } from '../text/document-builder.ts';
import { createHeadingPath } from '../text/heading-path.ts';

/** Markdown stays as it was written, so that quotations match; only comments, which no reader sees, are taken out. */
export function readMarkdown(bytes: Uint8Array): ParsedDocument {
  const document = createDocumentBuilder();
  document.paragraph(withoutComments(decodeText(bytes)));
  const { text } = document.finish({ title: null });
  const frontMatter = frontMatterOf(text);
  const headings = headingsOf(text, frontMatter.end);
  if (headings.length > maxSections) {
    throw new AppError('document_too_expensive', { detail: told`The file has more headings than are read.` });
  }
  const pathOf = createHeadingPath();
  return {
    title: frontMatter.title ?? headings.find((heading) => heading.level === 1)?.text ?? null,
    text,
    sections: headings.map(({ start, level, text: heading }) => ({ start, path: pathOf(level, heading) })),
    pages: [],
  };
}

interface Line {
  start: number;
  line: string;
}

interface Heading {
  start: number;
  level: number;
  text: string;
}

/** ATX (`## Heading`) and setext (underlined) headings outside fenced code. */
function headingsOf(text: string, from: number): Heading[] {
  const headings: Heading[] = [];
  let fence: string | null = null;
  let previous: Line | null = null;
  for (const { start, line } of linesOf(text, from)) {
    const marker = /^ {0,3}(```|~~~)/.exec(line)?.[1] ?? null;
    if (fence !== null || marker !== null) {
      fence = fence === null ? marker : marker === fence ? null : fence;
      previous = null;
      continue;
    }
    const hashes = /^ {0,3}(#{1,6})(?=\s|$)/.exec(line);
    const underline = /^ {0,3}(?:(=+)|-{2,}) *$/.exec(line);
    if (hashes !== null) {
      addHeading(headings, { start, level: hashes[1]?.length ?? 1, text: line.slice(hashes[0].length) });
    } else if (underline !== null && previous !== null && previous.line.length <= maxTitleLength) {
      addHeading(headings, { start: previous.start, level: underline[1] === undefined ? 2 : 1, text: previous.line });
    }
    const isProse = hashes === null && underline === null && /^ {0,3}[^\s>|*+-]/.test(line);
    previous = isProse ? continued(previous, { start, line }) : null;
  }
  return headings;
}

function continued(paragraph: Line | null, { start, line }: Line): Line {
  return paragraph === null ? { start, line } : { start: paragraph.start, line: `${paragraph.line} ${line}` };
}

function addHeading(headings: Heading[], heading: Heading): void {
  const text = cleanTitle(withoutMarkup(heading.text));
  if (text !== null) headings.push({ ...heading, text });
}

/** Without closing hashes, emphasis and code marks, and the address of a link. */
function withoutMarkup(heading: string): string {
  return heading
    .slice(0, 1000)
    .trim()
    .replace(/(?<=^|\s)#{1,20}$/, '')
    .replace(/!?\[([^[\]]{0,500})\]\([^()]{0,500}\)/g, '$1')
    .replace(/[*`]|(?<!\w)_|_(?!\w)/g, '');
}

function* linesOf(text: string, from: number): Generator<Line> {
  for (let start = from; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield { start, line: text.slice(start, end) };
    start = end + 1;
  }
}

const longestFrontMatter = 10_000;

function frontMatterOf(text: string): { title: string | null; end: number } {
  if (!text.startsWith('---\n')) return { title: null, end: 0 };
  const close = text.slice(0, longestFrontMatter).indexOf('\n---', 3);
  if (close < 0) return { title: null, end: 0 };
  const title = /^title:(.*)$/m.exec(text.slice(0, close))?.[1]?.trim() ?? '';
  return { title: cleanTitle(title.replace(/^(["'])(.*)\1$/, '$2')), end: close + '\n---'.length };
}

function withoutComments(text: string): string {
  if (!text.includes('<!--')) return text;
  const kept: string[] = [];
  let fence: string | null = null;
  let inComment = false;
  for (const { line } of linesOf(text, 0)) {
    const marker = inComment ? null : (/^ {0,3}(```|~~~)/.exec(line)?.[1] ?? null);
    if (fence !== null || marker !== null) {
      fence = fence === null ? marker : marker === fence ? null : fence;
      kept.push(line);
      continue;
    }
    const wasInComment = inComment;
    let visible = '';
    for (let at = 0; at < line.length;) {
      const end = line.indexOf(inComment ? '-->' : '<!--', at);
      if (!inComment) visible += line.slice(at, end < 0 ? line.length : end);
      if (end < 0) break;
      at = end + (inComment ? 3 : 4);
      inComment = !inComment;
    }
    if (visible !== '' || (line === '' && !wasInComment)) kept.push(visible);
  }
  return kept.join('\n');
}
