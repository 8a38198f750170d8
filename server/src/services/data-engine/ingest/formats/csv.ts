import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CsvError, parse } from 'csv-parse/sync';
import { quoteText } from '../../../../models/sql.ts';
import { delimiterOf } from '../../../parser/text/csv-delimiter.ts';
import { askNumbers, askRows } from '../../ask.ts';
import { maxColumns, maxRowBytes, maxRows } from '../../limits.ts';
import type { IngestRequest } from '../../messages.ts';
import { cleanNames } from '../column-names.ts';
import { stagedName, stagedTable, trimmedText, type StagedTable } from '../staged-table.ts';
import { tableBroken, tableTooLarge, tooManyColumns } from '../table-error.ts';
import { toUtf8 } from './csv-encoding.ts';

/** The first row has the names of the columns. */
export async function stageCsv(
  connection: DuckDBConnection,
  { input, csv }: Pick<IngestRequest, 'input' | 'csv'>,
): Promise<StagedTable> {
  const { path, wasLatin1 } = await toUtf8(input, csv.encoding);
  const head = await firstText(path);
  const { linesBefore, text, declared } = withoutPreamble(head);
  const delimiter = csv.delimiter ?? declared ?? delimiterOf(text);
  const names = headerNames(text, delimiter);
  await readRows(connection, { path, delimiter, linesBefore, names });
  return {
    columns: cleanNames(names).map((name) => ({ ...name, content: { kind: 'text' } })),
    // Who separates cells by `;` does so because numbers have a comma.
    numbers: { decimal: csv.decimal, thousands: csv.thousands, usualDecimal: delimiter === ';' ? ',' : '.' },
    date: csv.date,
    warnings: wasLatin1 ? [{ code: 'latin_1', count: null }] : [],
  };
}

/** At least the whole first row, which may not be longer. */
async function firstText(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxRowBytes), 0, maxRowBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Programs for spreadsheets write `sep=;` before everything else; and what is empty is no header. */
function withoutPreamble(text: string): { text: string; linesBefore: number; declared: string | undefined } {
  const preamble = /^(?:\s*\n)?(?:sep=(.)\r?\n)?(?:\s*\n)?/i.exec(text);
  const before = preamble?.[0] ?? '';
  return { text: text.slice(before.length), linesBefore: before.split('\n').length - 1, declared: preamble?.[1] };
}

function headerNames(text: string, delimiter: string): string[] {
  let rows: string[][];
  try {
    rows = parse(text, { delimiter, to: 1, relax_column_count: true });
  } catch (error) {
    throw error instanceof CsvError
      ? tableBroken('A quoted cell is not closed, or is followed by text.', { row: 1 })
      : error;
  }
  const [names] = rows;
  if (names === undefined) throw tableBroken('The file is empty.');
  if (names.length > maxColumns) throw tooManyColumns();
  return names;
}

interface RowsToRead {
  path: string;
  delimiter: string;
  linesBefore: number;
  names: readonly string[];
}

async function readRows(connection: DuckDBConnection, { path, delimiter, linesBefore, names }: RowsToRead) {
  const columns = names.map((_, index) => stagedName(index));
  const options = {
    auto_detect: 'false',
    header: 'true',
    skip: String(linesBefore),
    delim: quoteText(delimiter),
    quote: `'"'`,
    escape: `'"'`,
    columns: `{${columns.map((column) => `${column}: 'VARCHAR'`).join(', ')}}`,
    max_line_size: String(maxRowBytes),
    // Rows that cannot be read are kept aside, to be told with their places.
    store_rejects: 'true',
    rejects_limit: '100',
  };
  const list = columns.map((column) => `${trimmedText(column, columns.length)} AS ${column}`).join(', ');
  const given = Object.entries(options).map(([name, value]) => `${name} = ${value}`);
  await connection.run(
    `CREATE TEMP TABLE ${stagedTable} AS SELECT ${list} FROM read_csv(${[quoteText(path), ...given].join(', ')})`,
  );
  await refuseBrokenRows(connection, names);
  const [rows] = await askNumbers(connection, `SELECT count(*) FROM ${stagedTable}`);
  if (rows! > maxRows) throw tableTooLarge(`There are more than ${maxRows} rows.`);
}

/** As the engine names what is wrong with a row. */
const faults: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'The row has fewer cells than the header.',
  'TOO MANY COLUMNS': 'The row has more cells than the header.',
  'UNQUOTED VALUE': 'A quoted cell is not closed, or is followed by text.',
  'INVALID ENCODING': 'The row is not in UTF-8.',
  'LINE SIZE OVER MAXIMUM': 'The row is longer than 1 MiB.',
};

async function refuseBrokenRows(connection: DuckDBConnection, names: readonly string[]): Promise<void> {
  const [first] = await askRows(
    connection,
    `SELECT error_type, line, column_idx FROM reject_errors ORDER BY line, column_idx LIMIT 1`,
  );
  if (first === undefined) return;
  const [fault, line, column] = first;
  const place = { row: Number(line), column: column === null ? undefined : names[Number(column)] };
  const reason = faults[fault ?? ''] ?? 'The row cannot be read.';
  throw fault === 'LINE SIZE OVER MAXIMUM' ? tableTooLarge(reason, place) : tableBroken(reason, place);
}
