import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { maxColumns, maxRecordLength } from '../limits.ts';
import { decodeText } from '../text/decode-text.ts';
import { delimiterOf } from '../text/csv-delimiter.ts';
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
          throw new AppError('document_too_expensive', { detail: told`A row has more than ${maxColumns} columns.` });
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
    return new AppError('document_too_expensive', { detail: told`A row is longer than 1 MiB.`, cause: error });
  }
  return new AppError('document_broken', { detail: told`A quoted field is not closed.`, cause: error });
}
