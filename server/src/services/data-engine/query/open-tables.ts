import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../../models/sql.ts';
import type { DataWarning, LoadedTable } from '../../../models/table.ts';
import { askNumbers, askRows } from '../ask.ts';
import { dataTable, warningsTable, type OpenRequest } from '../messages.ts';

/** Makes the tables readable under their names, and everything outside of them unreachable for whatever comes after. */
export async function openTables(connection: DuckDBConnection, tables: OpenRequest['tables']): Promise<LoadedTable[]> {
  const loaded: LoadedTable[] = [];
  for (const [index, { name, file }] of tables.entries()) {
    const database = `table_${index}`;
    await connection.run(`ATTACH ${quoteText(file)} AS ${database} (READ_ONLY)`);
    await connection.run(`CREATE VIEW ${quoteName(name)} AS FROM ${database}.main.${dataTable}`);
    loaded.push(await describe(connection, { name, database }));
  }
  const isInexact = loaded.some(({ warnings }) => warnings.some(({ code }) => code === 'inexact_numbers'));
  // Otherwise two sums of the same numbers can differ in their last digits.
  if (isInexact) await connection.run('SET threads = 1');
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return loaded;
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
