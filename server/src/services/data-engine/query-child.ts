import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../errors/app-error.ts';
import { serveCalls } from '../../process/serve-calls.ts';
import type { OpenRequest, QueryReply, QueryRequest } from './messages.ts';
import { openTables } from './query/open-tables.ts';
import { runQuery } from './query/run-query.ts';
import type { LoadedTable } from '../../models/table.ts';

/** The program of the process of a session: its tables are opened once, and then asked. */
let connection: DuckDBConnection | undefined;

serveCalls({
  async open(request: OpenRequest): Promise<LoadedTable[]> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${request.memoryMegabytes}MiB`,
      temp_directory: '',
    });
    connection = await instance.connect();
    return openTables(connection, request.tables);
  },
  async query(request: QueryRequest): Promise<QueryReply> {
    if (connection === undefined) throw new AppError('internal');
    return runQuery(connection, request);
  },
});
