import type { TableFormat } from '../../../models/table.ts';
import { findDelimited } from './find-delimited.ts';
import { findJson } from './find-json.ts';
import { findMarkdown } from './find-markdown.ts';

/** A table that stands in a text, and the rest of the text. */
export interface PromptData {
  format: TableFormat;
  /** The delimiter of its columns, where it has one. */
  delimiter: string | undefined;
  content: string;
  /** What is said beside the table; empty when there is nothing else. */
  question: string;
}

/** Looking costs time for each character, and longer ones come as files. */
const longestText = 4_000_000;
const fence = /^[ \t]*(?:```|~~~)[^\n]*$/gm;

/**
 * The longest table of a text: JSON objects in an array or one on each line, a table of Markdown, or lines of CSV or TSV
 * that have the same number of fields and some numbers. Undefined when there is none.
 */
export function findPromptData(text: string): PromptData | undefined {
  if (text.length > longestText) return undefined;
  const found = [findJson, findMarkdown, findDelimited].flatMap((find) => find(text) ?? []);
  const [table] = found.toSorted((one, other) => other.end - other.start - (one.end - one.start));
  if (table === undefined) return undefined;
  const { start, end, format, delimiter, content } = table;
  const question = `${text.slice(0, start)}\n${text.slice(end)}`.replaceAll(fence, '').replaceAll(/\s+/g, ' ').trim();
  return { format, delimiter, content, question };
}
