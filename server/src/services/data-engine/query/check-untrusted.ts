import type { DuckDBConnection, StatementType as Kind } from '@duckdb/node-api';
import type { LoadedTable } from '../../../models/table.ts';
import { StatementType } from '../duckdb-api.ts';
import { maxUntrustedLength } from '../limits.ts';
import { checkTree } from './check-tree.ts';
import { denied } from './denied.ts';
import { engineFailure } from './engine-failure.ts';
import { told } from '../../../errors/told.ts';

/**
 * Lets a statement through that is one SELECT over the tables, made of nothing but what is on the lists, and that the
 * engine can plan. Rejects with `sql_denied` and `sql_failed`.
 */
export async function checkUntrusted(
  connection: DuckDBConnection,
  { sql, tables }: { sql: string; tables: readonly LoadedTable[] },
): Promise<void> {
  if (sql.length > maxUntrustedLength) throw denied(told`It is longer than ${maxUntrustedLength} characters.`);
  // The engine would stop reading there, and what follows would not be looked at.
  if (sql.includes('\0')) throw denied(told`It contains a NUL character.`);
  await checkStatement(connection, sql);
  checkTree(await treeOf(connection, sql), tables);
  await plan(connection, sql);
}

async function checkStatement(connection: DuckDBConnection, sql: string): Promise<void> {
  let count: number;
  try {
    ({ count } = await connection.extractStatements(sql));
  } catch (error) {
    throw engineFailure(error);
  }
  if (count !== 1) throw denied(count === 0 ? told`It is no statement.` : told`It is more than one statement.`);
}

async function treeOf(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const result = await connection.runAndReadAll('SELECT CAST(json_serialize_sql($1::VARCHAR) AS VARCHAR)', [sql]);
  const [[json] = []] = result.getRows();
  const tree = JSON.parse(String(json)) as { error: boolean; statements?: unknown[] };
  if (tree.error || tree.statements?.length !== 1) throw denied(told`It is no SELECT.`);
  return tree.statements[0];
}

/** Binds names and types, and runs nothing. */
async function plan(connection: DuckDBConnection, sql: string): Promise<void> {
  let type: Kind;
  try {
    const statement = await connection.prepare(sql);
    type = statement.statementType;
    statement.destroySync();
  } catch (error) {
    throw engineFailure(error);
  }
  if (type !== StatementType.SELECT) throw denied(told`It is no SELECT.`);
}
