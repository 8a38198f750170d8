import { DuckDBInstance } from '@duckdb/node-api';
import { serveCalls } from '../../process/serve-calls.ts';
import { readTable } from './ingest/read-table.ts';
import type { IngestRequest } from './messages.ts';

/** The program of a process that reads one table and writes it into a database of its own. */
serveCalls({
  async ingest(request: IngestRequest): Promise<void> {
    const instance = await DuckDBInstance.create(request.output);
    try {
      const connection = await instance.connect();
      await readTable(connection, request);
      await connection.run('CHECKPOINT');
      connection.closeSync();
    } finally {
      instance.closeSync();
    }
  },
});
