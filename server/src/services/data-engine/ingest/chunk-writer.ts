import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { DuckDBDataChunk, VARCHAR } from '../duckdb-api.ts';
import { stagedName, stagedTable } from './staged-table.ts';

/** As many rows as the engine takes at once. */
export const chunkRows = 2_048;

/** Writes texts into `staged`, which grows by the columns that are new in a chunk; in older rows they are null. */
export interface ChunkWriter {
  /** @param columns each has `rows` values */
  write(columns: readonly (readonly (string | null)[])[], rows: number): Promise<void>;
  close(): void;
}

export function createChunkWriter(connection: DuckDBConnection): ChunkWriter {
  let written = 0;
  let rowsBefore = 0;
  let appender: DuckDBAppender | null = null;

  async function addColumns(count: number): Promise<void> {
    appender?.closeSync();
    for (; written < count; written += 1) {
      await connection.run(
        written === 0
          ? `CREATE TEMP TABLE ${stagedTable} AS SELECT CAST(NULL AS VARCHAR) AS ${stagedName(0)} FROM range(${rowsBefore})`
          : `ALTER TABLE ${stagedTable} ADD COLUMN ${stagedName(written)} VARCHAR`,
      );
    }
    appender = await connection.createAppender(stagedTable, 'main', 'temp');
  }

  return {
    async write(columns, rows) {
      if (columns.length === 0) rowsBefore += rows;
      if (columns.length > written) await addColumns(columns.length);
      if (rows === 0 || columns.length === 0) return;
      const chunk = DuckDBDataChunk.create(
        columns.map(() => VARCHAR),
        rows,
      );
      chunk.setColumns(columns);
      appender?.appendDataChunk(chunk);
    },
    close() {
      appender?.closeSync();
    },
  };
}
