import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { LoadedTable, QueryResult } from '../../models/table.ts';
import { serveCalls } from '../../process/serve-calls.ts';
import { openInstance } from './duckdb.ts';
import type { OpenRequest, PrepareRequest, QueryRequest } from './messages.ts';
import { openTables } from './query/open-tables.ts';
import { runQuery } from './query/run-query.ts';
import { checkUntrusted } from './query/check-untrusted.ts';

/** The program of the process of a session: prepared before it is needed, its tables are opened once, and then asked. */
let instance: DuckDBInstance | undefined;
let connection: DuckDBConnection | undefined;
let tables: readonly LoadedTable[] | undefined;

serveCalls({
  async prepare({ memoryMegabytes }: PrepareRequest): Promise<void> {
    instance = await openInstance(':memory:', {
      threads: '1',
      memory_limit: `${memoryMegabytes}MiB`,
      temp_directory: '',
    });
    connection = await instance.connect();
    // What runs for the first time is compiled first.
    await runQuery(connection, { sql: "SELECT 1, 1.5, 'a' GROUP BY ALL", isUntrusted: false });
  },
  async open(request: OpenRequest): Promise<readonly LoadedTable[]> {
    if (instance === undefined || connection === undefined)
      throw new AppError('internal', { detail: told`The engine did not start.` });
    tables = await openTables({ instance, connection }, request.tables);
    return tables;
  },
  async query({ sql, isUntrusted }: QueryRequest): Promise<QueryResult> {
    if (connection === undefined || tables === undefined) {
      throw new AppError('internal', { detail: told`The tables are not open.` });
    }
    if (isUntrusted) await checkUntrusted(connection, { sql, tables });
    return runQuery(connection, { sql, isUntrusted });
  },
});
