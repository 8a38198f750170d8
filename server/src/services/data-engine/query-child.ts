import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../errors/app-error.ts';
import type { LoadedTable, QueryResult } from '../../models/table.ts';
import { serveCalls } from '../../process/serve-calls.ts';
import { openInstance } from './duckdb.ts';
import type { OpenRequest, QueryRequest } from './messages.ts';
import { openTables } from './query/open-tables.ts';
import { runQuery } from './query/run-query.ts';
import { checkUntrusted } from './query/check-untrusted.ts';

/** The program of the process of a session: its tables are opened once, and then asked. */
let opened: { connection: DuckDBConnection; tables: LoadedTable[] } | undefined;

serveCalls({
  async open(request: OpenRequest): Promise<LoadedTable[]> {
    const instance = await openInstance(':memory:', {
      memory_limit: `${request.memoryMegabytes}MiB`,
      temp_directory: '',
    });
    const connection = await instance.connect();
    const tables = await openTables(connection, request.tables);
    opened = { connection, tables };
    return tables;
  },
  async query({ sql, isUntrusted }: QueryRequest): Promise<QueryResult> {
    if (opened === undefined) throw new AppError('internal', { detail: 'The tables are not open.' });
    const { connection, tables } = opened;
    if (isUntrusted) await checkUntrusted(connection, { sql, tables });
    return runQuery(connection, { sql, isUntrusted });
  },
});
