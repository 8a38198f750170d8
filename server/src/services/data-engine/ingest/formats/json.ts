import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { maxRowBytes } from '../../limits.ts';
import type { IngestRequest } from '../../messages.ts';
import { createRowStaging, type RowStaging } from '../row-staging.ts';
import type { StagedTable } from '../staged-table.ts';
import { tableBroken, tableTooLarge } from '../table-error.ts';
import { JsonFault, JsonScanner } from './json-scanner.ts';
import { told } from '../../../../errors/told.ts';

/** Objects, of an array or one after the other, become rows; their members become columns when they first occur. */
export async function stageJson(
  connection: DuckDBConnection,
  { input, format }: Pick<IngestRequest, 'input' | 'format'>,
): Promise<StagedTable> {
  const bytes = withoutMark(await readFile(input));
  if (!isUtf8(bytes)) throw tableBroken(told`The file is not JSON in UTF-8.`);
  const staging = createRowStaging(connection);
  const rows = format === 'json' ? arrayRows(new JsonScanner(bytes)) : lineRows(new JsonScanner(bytes));
  for (const readRow of rows) {
    readRow(staging);
    if (staging.isFull()) await staging.flush();
  }
  const columns = await staging.finish();
  if (columns.length === 0) throw tableBroken(told`There is no object with a member, so the table has no columns.`);
  return { columns, numbers: { usualDecimal: '.' }, warnings: [] };
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

type ReadRow = (staging: RowStaging) => void;

function* arrayRows(scanner: JsonScanner): Iterable<ReadRow> {
  placed({ row: 1 }, () => scanner.take('['));
  let row = 1;
  for (; scanner.next() !== closeArray || row > 1; row += 1) {
    yield (staging) => readObject(scanner, { staging, row });
    if (scanner.next() === closeArray) break;
    placed({ row }, () => scanner.take(','));
  }
  placed({ row }, () => scanner.take(']'));
  if (scanner.next() !== -1) throw tableBroken(told`Something follows the array.`, { row });
}

const closeArray = 0x5d;

function* lineRows(scanner: JsonScanner): Iterable<ReadRow> {
  for (let row = 1; scanner.next() !== -1; row += 1) yield (staging) => readObject(scanner, { staging, row });
}

interface RowToRead {
  staging: RowStaging;
  row: number;
}

function readObject(scanner: JsonScanner, { staging, row }: RowToRead): void {
  const start = scanner.at;
  let column: string | undefined;
  const place = {
    row,
    get column() {
      return column;
    },
  };
  placed(place, () => {
    if (scanner.next() !== openObject) throw new JsonFault(told`A row must be an object, such as {"name": "value"}.`);
    scanner.members('{}', () => {
      column = undefined;
      column = scanner.string();
      scanner.take(':');
      const cell = scanner.value();
      const index = staging.column(column);
      if (cell !== null) staging.put(index, cell);
      column = undefined;
    });
  });
  if (scanner.at - start > maxRowBytes) throw tableTooLarge(told`The row is longer than 1 MiB.`, { row });
  staging.endRow();
}

const openObject = 0x7b;

/** A fault that is found meanwhile is told with its place. */
function placed(place: { row: number; readonly column?: string | undefined }, read: () => void): void {
  try {
    read();
  } catch (error) {
    throw error instanceof JsonFault ? tableBroken(error.told, place) : error;
  }
}
