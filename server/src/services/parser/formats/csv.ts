import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../../../errors/app-error.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { maxColumns, maxRecordLength } from '../limits.ts';
import { decodeText } from '../text/decode-text.ts';
import { createDocumentBuilder } from '../text/document-builder.ts';
import { createTableLines } from '../text/table-lines.ts';

/** Each row becomes a line `name: value; …`. Comma, semicolon, tab and bar are told apart by the first rows. */
export function readCsv(bytes: Uint8Array): ParsedDocument {
  const text = decodeText(bytes);
  const document = createDocumentBuilder();
  const table = createTableLines(document);
  readRecords(text, delimiterOf(text), (cells) => table.add(cells));
  table.end();
  return document.finish({ title: null });
}

function readRecords(text: string, delimiter: string, use: (cells: readonly string[]) => void): void {
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: maxRecordLength,
      // Each record is used as it comes and then dropped.
      on_record: (cells: string[]) => {
        if (cells.length > maxColumns) {
          throw new AppError('document_too_expensive', { detail: `A row has more than ${maxColumns} columns.` });
        }
        use(cells);
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? csvFailure(error) : error;
  }
}

function csvFailure(error: CsvError): AppError {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new AppError('document_too_expensive', { detail: 'A row is longer than 1 MiB.', cause: error });
  }
  return new AppError('document_broken', { detail: 'A quoted field is not closed.', cause: error });
}

/** Also the order of preference: numbers contain commas, and notes contain semicolons less often. */
const delimiters = ['\t', ';', '|', ','] as const;
const sampleLength = 64 * 1024;
const sampleRows = 20;

/** The delimiter that cuts most of the first rows into the same number of columns. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, sampleLength);
  const whole = sample.length < text.length ? sample.slice(0, sample.lastIndexOf('\n') + 1) : sample;
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = regularity(whole, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The share of the rows that have the most frequent number of columns; 0 when that is one column. */
function regularity(sample: string, delimiter: string): number {
  const counts = new Map<number, number>();
  let rows: string[][];
  try {
    rows = parse(sample, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      to: sampleRows,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return 0;
    throw error;
  }
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [columns, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [1, 0];
  return columns > 1 ? count / rows.length : 0;
}
