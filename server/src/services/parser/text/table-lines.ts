import type { DocumentBuilder } from './document-builder.ts';
import { looksLikeHeader, recordLine } from './record-line.ts';

/** Above the names of the columns there may be a title, a date, a note. */
const mostPreambleRows = 10;

/** Adds the rows of one or more tables that stand below each other. */
export interface TableLines {
  add(cells: readonly string[]): void;
  end(): void;
}

/**
 * Each row becomes a line of its own. The names of the columns are the first row, of the first few after an empty row,
 * that looks like names; without such a row the line is its cells alone.
 */
export function createTableLines(document: DocumentBuilder): TableLines {
  let header: readonly string[] | null = null;
  let rows = 0;
  let lines = 0;

  function addLine(line: string): void {
    if (lines === 0) document.paragraph(line);
    else document.line(line);
    lines += 1;
  }

  function end(): void {
    // Names without a row below them are text like any other.
    if (header !== null && lines === 0) addLine(recordLine(null, header));
    header = null;
    rows = 0;
    lines = 0;
  }

  return {
    add(cells) {
      if (cells.every((cell) => cell.trim() === '')) {
        end();
        return;
      }
      rows += 1;
      if (header === null && rows <= mostPreambleRows && looksLikeHeader(cells)) {
        header = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
        // What stood above the names is a paragraph of its own.
        lines = 0;
      } else addLine(recordLine(header, cells));
    },
    end,
  };
}
