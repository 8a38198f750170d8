import type { DuckDBConnection } from '@duckdb/node-api';
import { delimiterOf } from '../../../parser/text/csv-delimiter.ts';
import { maxRowBytes } from '../../limits.ts';
import type { IngestRequest } from '../../messages.ts';
import { cleanNames } from '../column-names.ts';
import type { StagedTable, StagedWarning } from '../staged-table.ts';
import { toPlainText } from './csv-encoding.ts';
import { headerNames, withoutPreamble } from './csv-header.ts';
import { readRows } from './csv-rows.ts';
import { firstBytes } from './first-bytes.ts';
import { refuseForeign } from './foreign-file.ts';
import { findSwallowedRows } from './swallowed-rows.ts';

/** The first row has the names of the columns. */
export async function stageCsv(
  connection: DuckDBConnection,
  { input, csv }: Pick<IngestRequest, 'input' | 'csv'>,
): Promise<StagedTable> {
  await refuseForeign(input);
  const { path, wasLatin1 } = await toPlainText(input, csv.encoding);
  // At least the whole first row, which may not be longer.
  const head = (await firstBytes(path, maxRowBytes)).toString('utf8');
  const { linesBefore, text, declared } = withoutPreamble(head);
  const delimiter = csv.delimiter ?? declared ?? delimiterOf(text);
  const columns = cleanNames(headerNames(text, { delimiter, row: linesBefore + 1 }));
  const names = columns.map(({ name }) => name);
  await readRows(connection, { path, delimiter, linesBefore, names });
  const swallowed = await findSwallowedRows(connection, { names, delimiter });
  return {
    columns: columns.map((column) => ({ ...column, content: { kind: 'text' } })),
    // Who separates cells by `;` does so because numbers have a comma.
    numbers: { decimal: csv.decimal, thousands: csv.thousands, usualDecimal: delimiter === ';' ? ',' : '.' },
    date: csv.date,
    warnings: [...(wasLatin1 ? [latin1] : []), ...swallowed],
  };
}

const latin1: StagedWarning = { code: 'latin_1', column: null, count: null };
