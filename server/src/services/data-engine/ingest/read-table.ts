import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../../models/sql.ts';
import type { TableFormat } from '../../../models/table.ts';
import { dataTable, warningsTable, type FileToRead } from '../messages.ts';
import { stageCsv } from './formats/csv.ts';
import { stageJson } from './formats/json.ts';
import { stageParquet } from './formats/parquet.ts';
import { stagedTable, type StagedTable, type StagedWarning } from './staged-table.ts';
import { chooseTypes } from './types/choose-types.ts';
import type { ColumnWarning, TypedColumn } from './types/typed-column.ts';

/** Reads a file into `data`, with the type that all values of a column have, and what is strange about it into `warnings`. */
export async function readTable(connection: DuckDBConnection, request: FileToRead): Promise<void> {
  const staged = await stages[request.format](connection, request);
  const typed = await chooseTypes(connection, staged);
  const list = staged.columns.map(({ name }, index) => `${typed[index]!.select} AS ${quoteName(name)}`);
  await connection.run(`CREATE TABLE ${dataTable} AS SELECT ${list.join(', ')} FROM ${stagedTable}`);
  await keepWarnings(connection, staged, typed);
}

type Stage = (connection: DuckDBConnection, request: FileToRead) => Promise<StagedTable>;

const stages: Readonly<Record<TableFormat, Stage>> = {
  csv: stageCsv,
  json: stageJson,
  ndjson: stageJson,
  // What reads workbooks is loaded for them alone: each table has a new process.
  xlsx: async (...request) => (await import('./formats/xlsx.ts')).stageXlsx(...request),
  parquet: stageParquet,
};

async function keepWarnings(
  connection: DuckDBConnection,
  staged: StagedTable,
  typed: readonly TypedColumn[],
): Promise<void> {
  const rows = [
    ...staged.warnings.map((warning) => warningRow(warning, warning.column)),
    ...staged.columns.flatMap(({ name, wasRenamed }, index) => [
      ...(wasRenamed ? [warningRow({ code: 'renamed_column', count: null }, name)] : []),
      ...typed[index]!.warnings.map((warning) => warningRow(warning, name)),
    ]),
  ];
  await connection.run(`CREATE TABLE ${warningsTable} (code VARCHAR, column_name VARCHAR, count BIGINT)`);
  if (rows.length > 0) await connection.run(`INSERT INTO ${warningsTable} VALUES ${rows.join(', ')}`);
}

function warningRow({ code, count }: ColumnWarning | StagedWarning, column: string | null): string {
  return `('${code}', ${column === null ? 'NULL' : quoteText(column)}, ${count ?? 'NULL'})`;
}
