import { DuckDBTypeId, type DuckDBConnection, type Json } from '@duckdb/node-api';
import { AppError } from '../../../errors/app-error.ts';
import type { Cell, QueryResult } from '../../../models/table.ts';
import { maxResultBytes, maxResultRows, maxUntrustedRows } from '../limits.ts';
import type { QueryRequest } from '../messages.ts';

/** Runs a statement until it has given as many rows or bytes as a result may have. */
export async function runQuery(connection: DuckDBConnection, request: QueryRequest): Promise<QueryResult> {
  const begun = performance.now();
  try {
    const result = await readRows(connection, request);
    return { ...result, elapsedMs: performance.now() - begun };
  } catch (error) {
    throw new AppError('sql_failed', { detail: error instanceof Error ? error.message : String(error), cause: error });
  }
}

async function readRows(
  connection: DuckDBConnection,
  { sql, isUntrusted }: QueryRequest,
): Promise<Omit<QueryResult, 'elapsedMs'>> {
  const most = isUntrusted ? maxUntrustedRows : maxResultRows;
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const columns = result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
  const rows: Cell[][] = [];
  let bytes = 0;
  for await (const chunk of result.yieldRowsJson()) {
    for (const values of chunk) {
      const row = values.map((value, index) => toCell(value, types[index]?.typeId));
      bytes += JSON.stringify(row).length;
      if (rows.length === most || bytes > maxResultBytes) return { columns, rows, truncated: true };
      rows.push(row);
    }
  }
  return { columns, rows, truncated: false };
}

/** Exact numbers as text; inexact ones as numbers, when they are finite. */
function toCell(value: Json, type: DuckDBTypeId | undefined): Cell {
  if (value === null || typeof value === 'boolean') return value;
  const isInexact = type === DuckDBTypeId.DOUBLE || type === DuckDBTypeId.FLOAT;
  if (isInexact) return typeof value === 'number' ? value : null;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
