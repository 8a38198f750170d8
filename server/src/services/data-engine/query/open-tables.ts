import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../../models/sql.ts';
import type { DataWarning, LoadedTable } from '../../../models/table.ts';
import { manyThreads } from '../duckdb.ts';
import { askNumbers, askRows } from '../ask.ts';
import { readTable } from '../ingest/read-table.ts';
import { ofTable } from '../ingest/table-error.ts';
import { dataTable, warningsTable, type FileToRead, type OpenRequest } from '../messages.ts';

export interface OpenEngine {
  instance: DuckDBInstance;
  /** Of the queries. */
  connection: DuckDBConnection;
}

/** Of tables with fewer rows, threads wait for each other longer than they work. */
const fewRows = 4_096;

/** Makes the tables readable under their names, and everything outside of them unreachable for whatever comes after. */
export async function openTables(
  { instance, connection }: OpenEngine,
  tables: OpenRequest['tables'],
): Promise<LoadedTable[]> {
  for (const [index, table] of tables.entries()) {
    const attached =
      'file' in table ? `${quoteText(table.file)} AS ${nameOf(index)} (READ_ONLY)` : `':memory:' AS ${nameOf(index)}`;
    await connection.run(`ATTACH ${attached}`);
  }
  const inputs = tables.flatMap((table) => ('file' in table ? [] : [quoteText(table.input)]));
  await connection.run(`SET allowed_paths = [${inputs.join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  const loaded: LoadedTable[] = [];
  for (const [index, table] of tables.entries()) {
    const database = nameOf(index);
    if (!('file' in table)) await readIntoMemory(instance, { table, database });
    await connection.run(`CREATE VIEW ${quoteName(table.name)} AS FROM ${database}.main.${dataTable}`);
    loaded.push(await describe(connection, { name: table.name, database }));
  }
  const isInexact = loaded.some(({ warnings }) => warnings.some(({ code }) => code === 'inexact_numbers'));
  const isLarge = loaded.some(({ rows }) => rows > fewRows);
  // With more threads, two sums of numbers that are not exact can differ in their last digits.
  if (isLarge && !isInexact) await connection.run(`SET threads = ${manyThreads}`);
  await connection.run('SET lock_configuration = true');
  return loaded;
}

function nameOf(table: number): string {
  return `table_${table}`;
}

/** With a connection of its own, with which all goes that is only needed while it is read. */
async function readIntoMemory(
  instance: DuckDBInstance,
  { table, database }: { table: FileToRead & { name: string }; database: string },
): Promise<void> {
  const reader = await instance.connect();
  try {
    await reader.run(`USE ${database}`);
    await readTable(reader, table);
  } catch (error) {
    throw ofTable(table.name, error);
  } finally {
    reader.closeSync();
  }
}

async function describe(
  connection: DuckDBConnection,
  { name, database }: { name: string; database: string },
): Promise<LoadedTable> {
  const [rows = 0] = await askNumbers(connection, `SELECT count(*) FROM ${database}.main.${dataTable}`);
  const columns = await askRows(
    connection,
    `SELECT column_name, column_type FROM (DESCRIBE ${database}.main.${dataTable})`,
  );
  const warnings = await askRows(connection, `SELECT code, column_name, count FROM ${database}.main.${warningsTable}`);
  return {
    name,
    rows,
    columns: columns.map(([column, type]) => ({ name: column ?? '', type: type ?? '' })),
    warnings: warnings.map(([code, column = null, count = null]) => ({
      code: code as DataWarning['code'],
      table: name,
      column,
      count: count === null ? null : Number(count),
    })),
  };
}
