import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../errors/app-error.ts';
import { dataTable, warningsTable, type IngestRequest } from '../messages.ts';
import { quoteName, quoteText } from '../quote.ts';

/** Reads a file into `data`, with the type that all values of a column have. */
export async function readTable(connection: DuckDBConnection, request: IngestRequest): Promise<void> {
  const columns = await stage(connection, request);
  const chosen = await Promise.all(columns.map((column) => typeOf(connection, column)));
  const list = columns.map((column, index) => `${chosen[index]} AS ${quoteName(column)}`).join(', ');
  await connection.run(`CREATE TABLE ${dataTable} AS SELECT ${list} FROM staged`);
  await connection.run(`CREATE TABLE ${warningsTable} (code VARCHAR, column_name VARCHAR, count BIGINT)`);
}

async function stage(connection: DuckDBConnection, request: IngestRequest): Promise<string[]> {
  const file = quoteText(request.input);
  if (request.format === 'csv') {
    await connection.run(`CREATE TEMP TABLE staged AS FROM read_csv(${file}, all_varchar = true)`);
    return namesOf(connection, `DESCRIBE staged`);
  }
  if (request.format !== 'json' && request.format !== 'ndjson') throw new AppError('table_broken');
  const form = request.format === 'json' ? 'array' : 'newline_delimited';
  await connection.run(`CREATE TEMP TABLE objects AS FROM read_json_objects(${file}, format = '${form}')`);
  const names = await namesOf(
    connection,
    `SELECT key FROM (SELECT unnest(json_keys(json)) AS key, rowid AS r FROM objects) GROUP BY key ORDER BY min(r), key`,
  );
  const list = names.map((name) => `json ->> ${quoteText(`$."${name}"`)} AS ${quoteName(name)}`);
  await connection.run(`CREATE TEMP TABLE staged AS SELECT ${list.join(', ')} FROM objects`);
  return names;
}

async function namesOf(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const result = await connection.runAndReadAll(sql);
  return result.getRowsJson().map(([name]) => String(name));
}

async function typeOf(connection: DuckDBConnection, column: string): Promise<string> {
  const name = quoteName(column);
  const scale = `max(length(split_part(${name}, '.', 2)))`;
  const [[found, places] = []] = (
    await connection.runAndReadAll(`SELECT CASE
      WHEN count(${name}) = 0 THEN 'VARCHAR'
      WHEN count(*) FILTER (regexp_matches(${name}, '^-?0[0-9]')) > 0 THEN 'VARCHAR'
      WHEN count(*) FILTER (NOT regexp_full_match(${name}, '-?[0-9]{1,18}')) = 0 THEN 'BIGINT'
      WHEN count(*) FILTER (NOT regexp_full_match(${name}, '-?[0-9]{1,12}([.][0-9]{1,6})?')) = 0 THEN 'DECIMAL'
      WHEN count(*) FILTER (TRY_CAST(${name} AS DOUBLE) IS NULL AND ${name} IS NOT NULL) = 0 THEN 'DOUBLE'
      WHEN count(*) FILTER (TRY_CAST(${name} AS BOOLEAN) IS NULL AND ${name} IS NOT NULL) = 0 THEN 'BOOLEAN'
      WHEN count(*) FILTER (NOT regexp_full_match(${name}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')) = 0 THEN 'DATE'
      WHEN count(*) FILTER (TRY_CAST(${name} AS TIMESTAMP) IS NULL AND ${name} IS NOT NULL) = 0 THEN 'TIMESTAMP'
      ELSE 'VARCHAR' END, ${scale} FROM staged`)
  ).getRowsJson();
  return `CAST(${name} AS ${found === 'DECIMAL' ? `DECIMAL(18,${String(places)})` : String(found)})`;
}
