import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { cleanText } from './clean-text.ts';
import { maxSections, maxTextLength, maxTitleLength } from '../limits.ts';
import { createHeadingPath } from './heading-path.ts';

/** Collects the blocks of a document, and knows at which character each section and page begins. */
export interface DocumentBuilder {
  /** A block of its own: a blank line comes before it. Blank text is ignored. */
  paragraph(text: string): void;
  /** A line that belongs to the block before it, such as the next item of a list. */
  line(text: string): void;
  /** Text that goes on in the middle of the sentence before it. */
  continuation(text: string): void;
  /** Begins a section and adds its heading to the text. Level 1 is the outermost. */
  heading(level: number, text: string): void;
  /** Begins a section without a line of its own. */
  section(path: readonly string[]): void;
  page(number: number): void;
  /** Throws `document_empty` when no text was added. */
  finish(options: { title: string | null; emptyDetail?: Told }): ParsedDocument;
}

export function createDocumentBuilder(): DocumentBuilder {
  const parts: string[] = [];
  const sections: { start: number; path: readonly string[] }[] = [];
  const pages: { start: number; number: number }[] = [];
  const pathOf = createHeadingPath();
  let length = 0;
  // Sections and pages begin where the next text begins, which is after the separator.
  let pendingSection: readonly string[] | null = null;
  let pendingPages: number[] = [];

  function add(separator: string, cleaned: string): void {
    const joint = length === 0 ? '' : separator;
    length += joint.length;
    if (pendingSection !== null) sections.push({ start: length, path: pendingSection });
    if (sections.length > maxSections) {
      throw new AppError('document_too_expensive', { detail: told`The file has more headings than are read.` });
    }
    pages.push(...pendingPages.map((number) => ({ start: length, number })));
    pendingSection = null;
    pendingPages = [];
    length += cleaned.length;
    if (length > maxTextLength) {
      throw new AppError('document_too_expensive', { detail: told`The file has more text than is read; split it.` });
    }
    parts.push(joint, cleaned);
  }

  function addText(separator: string, text: string): void {
    const cleaned = trimBlankEnds(cleanText(text));
    if (cleaned !== '') add(separator, cleaned);
  }

  return {
    paragraph: (text) => addText('\n\n', text),
    line: (text) => addText('\n', text),
    continuation: (text) => addText(' ', text),
    heading(level, text) {
      const cleaned = oneLine(text);
      if (cleaned === '') return;
      pendingSection = pathOf(level, cleanTitle(cleaned) ?? cleaned);
      add('\n\n', cleaned);
    },
    section(path) {
      pendingSection = path.map(oneLine);
    },
    page(number) {
      pendingPages.push(number);
    },
    finish({ title, emptyDetail = told`The file contains no text.` }) {
      if (length === 0) throw new AppError('document_empty', { detail: emptyDetail });
      pages.push(...pendingPages.map((number) => ({ start: length, number })));
      return { title: cleanTitle(title), text: parts.join(''), sections, pages };
    },
  };
}

/** A title or heading on one line, short enough to show; null when nothing is left of it. */
export function cleanTitle(title: string | null): string | null {
  return title === null ? null : oneLine(title).slice(0, maxTitleLength).toWellFormed().trim() || null;
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Without blank lines at both ends and spaces at the end; the indent of the first line stays. */
function trimBlankEnds(text: string): string {
  const first = text.search(/\S/);
  if (first < 0) return '';
  return text.slice(text.lastIndexOf('\n', first) + 1).trimEnd();
}
