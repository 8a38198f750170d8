import type { DuckDBConnection, DuckDBTypeId as TypeId, Json } from '@duckdb/node-api';
import type { Cell, QueryResult } from '../../../models/table.ts';
import { DuckDBTypeId } from '../duckdb-api.ts';
import { maxResultBytes, maxResultRows, maxUntrustedRows } from '../limits.ts';
import type { QueryRequest } from '../messages.ts';
import { engineFailure } from './engine-failure.ts';

/**
 * Runs a statement, in a transaction that can change nothing, until it has given as many rows or bytes as a result may
 * have. Rejects with `sql_failed`.
 */
export async function runQuery(connection: DuckDBConnection, request: QueryRequest): Promise<QueryResult> {
  const begun = performance.now();
  await connection.run('BEGIN TRANSACTION READ ONLY');
  try {
    const result = await readRows(connection, request);
    return { ...result, elapsedMs: performance.now() - begun };
  } catch (error) {
    throw engineFailure(error);
  } finally {
    await connection.run('ROLLBACK');
  }
}

async function readRows(
  connection: DuckDBConnection,
  { sql, isUntrusted }: QueryRequest,
): Promise<Omit<QueryResult, 'elapsedMs'>> {
  const mostRows = isUntrusted ? maxUntrustedRows : maxResultRows;
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const columns = result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
  const rows: Cell[][] = [];
  let bytes = 0;
  for await (const chunk of result.yieldRowsJson()) {
    for (const values of chunk) {
      const row = values.map((value, index) => toCell(value, types[index]?.typeId));
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (rows.length === mostRows || bytes > maxResultBytes) return { columns, rows, truncated: true };
      rows.push(row);
    }
  }
  return { columns, rows, truncated: false };
}

/** Exact numbers as text; inexact ones as numbers, when they are finite. */
function toCell(value: Json, type: TypeId | undefined): Cell {
  if (value === null || typeof value === 'boolean') return value;
  const isInexact = type === DuckDBTypeId.DOUBLE || type === DuckDBTypeId.FLOAT;
  if (isInexact) return typeof value === 'number' ? value : null;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
