import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../../../models/sql.ts';
import { askNumbers, askRows } from '../../ask.ts';
import { maxRowBytes, maxRows } from '../../limits.ts';
import { stagedName, stagedTable, trimmedText } from '../staged-table.ts';
import { tableBroken, tableTooLarge } from '../table-error.ts';
import { told, type Told } from '../../../../errors/told.ts';

export interface RowsToRead {
  path: string;
  delimiter: string;
  /** Before the header. */
  linesBefore: number;
  names: readonly string[];
}

/** Reads all rows behind the header into `staged`. Rejects with the place of the first one that is broken. */
export async function readRows(
  connection: DuckDBConnection,
  { path, delimiter, linesBefore, names }: RowsToRead,
): Promise<void> {
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
  if (rows! > maxRows) throw tableTooLarge(told`There are more than ${maxRows} rows.`);
}

/** As the engine names what is wrong with a row. */
const faults: Readonly<Record<string, Told>> = {
  'MISSING COLUMNS': told`The row has fewer cells than the header.`,
  'TOO MANY COLUMNS': told`The row has more cells than the header.`,
  'UNQUOTED VALUE': told`A quoted cell is not closed, or is followed by text.`,
  'INVALID ENCODING': told`The row is not in UTF-8.`,
  'LINE SIZE OVER MAXIMUM': told`The row is longer than 1 MiB.`,
};

async function refuseBrokenRows(connection: DuckDBConnection, names: readonly string[]): Promise<void> {
  const [first] = await askRows(
    connection,
    `SELECT error_type, line, column_idx, column_name FROM reject_errors ORDER BY line, column_idx LIMIT 1`,
  );
  if (first === undefined) return;
  const [fault, line, index, name] = first;
  // Only a cell that the header has no name for is told by its number.
  const named = names.find((_, column) => stagedName(column) === name);
  const place = { row: Number(line), column: named ?? (index === null ? undefined : Number(index)) };
  const reason = faults[fault ?? ''] ?? told`The row cannot be read.`;
  throw fault === 'LINE SIZE OVER MAXIMUM' ? tableTooLarge(reason, place) : tableBroken(reason, place);
}
