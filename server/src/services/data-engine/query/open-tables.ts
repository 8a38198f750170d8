import type { DuckDBConnection } from '@duckdb/node-api';
import type { DataWarning, LoadedTable } from '../../../models/table.ts';
import { dataTable, warningsTable, type OpenRequest } from '../messages.ts';
import { quoteName, quoteText } from '../quote.ts';

/** Makes the tables readable under their names, and everything outside of them unreachable for whatever comes after. */
export async function openTables(connection: DuckDBConnection, tables: OpenRequest['tables']): Promise<LoadedTable[]> {
  const loaded: LoadedTable[] = [];
  for (const [index, { name, file }] of tables.entries()) {
    const database = `table_${index}`;
    await connection.run(`ATTACH ${quoteText(file)} AS ${database} (READ_ONLY)`);
    await connection.run(`CREATE VIEW ${quoteName(name)} AS FROM ${database}.main.${dataTable}`);
    loaded.push(await describe(connection, { name, database }));
  }
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return loaded;
}

async function describe(
  connection: DuckDBConnection,
  { name, database }: { name: string; database: string },
): Promise<LoadedTable> {
  const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  const [[count] = []] = await rowsOf(`SELECT count(*) FROM ${database}.main.${dataTable}`);
  const columns = await rowsOf(`DESCRIBE ${database}.main.${dataTable}`);
  const warnings = await rowsOf(`SELECT code, column_name, count FROM ${database}.main.${warningsTable}`);
  return {
    name,
    rows: Number(count),
    columns: columns.map(([column, type]) => ({ name: String(column), type: String(type) })),
    warnings: warnings.map(([code, column, found]) => ({
      code: code as DataWarning['code'],
      table: name,
      column: column === null ? null : String(column),
      count: found === null ? null : Number(found),
    })),
  };
}
