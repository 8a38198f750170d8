import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../../../models/sql.ts';
import { isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import { askNumbers, askRows } from '../../ask.ts';
import { maxColumns, maxRows } from '../../limits.ts';
import type { IngestRequest } from '../../messages.ts';
import { cleanNames } from '../column-names.ts';
import { stagedName, stagedTable, trimmedText, type StagedContent, type StagedTable } from '../staged-table.ts';
import { tableBroken, tableTooLarge, tooManyColumns } from '../table-error.ts';

/** Columns keep their types, but for those that results are not exact in, or have no text for. */
export async function stageParquet(
  connection: DuckDBConnection,
  { input }: Pick<IngestRequest, 'input'>,
): Promise<StagedTable> {
  const file = `read_parquet(${quoteText(input)})`;
  try {
    const columns = await askRows(connection, `DESCRIBE FROM ${file}`);
    if (columns.length > maxColumns) throw tooManyColumns();
    const [rows] = await askNumbers(connection, `SELECT count(*) FROM ${file}`);
    if (rows! > maxRows) throw tableTooLarge(told`There are more than ${maxRows} rows.`);
    const kept = columns.map(([name, type]) => ({ name: name ?? '', ...keptAs(type ?? '', columns.length) }));
    const list = kept.map(({ name, sql }, index) => `${sql(quoteName(name))} AS ${stagedName(index)}`);
    await connection.run(`CREATE TEMP TABLE ${stagedTable} AS SELECT ${list.join(', ')} FROM ${file}`);
    const names = cleanNames(kept.map(({ name }) => name));
    return {
      columns: kept.map(({ content }, index) => ({ ...names[index]!, content })),
      numbers: { usualDecimal: '.' },
      warnings: [],
    };
  } catch (error) {
    if (isAppError(error)) throw error;
    throw tableBroken(told`The file is not a Parquet file that can be read.`);
  }
}

interface KeptColumn {
  content: StagedContent;
  /** SQL of its values, of the name of the column. */
  sql(name: string): string;
}

const wholeTypes: ReadonlySet<string> = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
]);
const numberTypes: ReadonlySet<string> = new Set(['FLOAT', 'DOUBLE', 'UBIGINT', 'HUGEINT', 'UHUGEINT']);
const timestampTypes: ReadonlySet<string> = new Set(['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS']);

function keptAs(type: string, columns: number): KeptColumn {
  const typed = { kind: 'typed' } as const;
  if (wholeTypes.has(type)) return { content: typed, sql: (name) => `CAST(${name} AS BIGINT)` };
  if (timestampTypes.has(type)) return { content: typed, sql: (name) => `CAST(${name} AS TIMESTAMP)` };
  if (type === 'TIMESTAMP WITH TIME ZONE') return { content: typed, sql: (name) => `timezone('UTC', ${name})` };
  if (type === 'BOOLEAN' || type === 'DATE' || type.startsWith('DECIMAL('))
    return { content: typed, sql: (name) => name };
  if (numberTypes.has(type)) return { content: { kind: 'number' }, sql: (name) => `CAST(${name} AS VARCHAR)` };
  return {
    content: { kind: type === 'VARCHAR' ? 'string' : 'nested' },
    sql: (name) => trimmedText(`CAST(${name} AS VARCHAR)`, columns),
  };
}
