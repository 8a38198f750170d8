import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { quoteText } from '../../models/sql.ts';
import { serveCalls } from '../../process/serve-calls.ts';
import { openInstance } from './duckdb.ts';
import { readTable } from './ingest/read-table.ts';
import { isForWantOfRoom } from './ingest/room.ts';
import type { IngestRequest } from './messages.ts';

/** Of a file with fewer bytes, threads cost more than they bring: a wide one takes thousands of statements. */
const fewBytes = 8 * 1024 * 1024;

/** The program of a process that reads tables, and writes each into a database of its own. */
serveCalls({
  async ingest(request: IngestRequest): Promise<void> {
    const { size } = await stat(request.input);
    const instance = await openInstance(request.output, {
      ...(size < fewBytes ? { threads: '1' } : {}),
      memory_limit: `${request.memoryMegabytes}MiB`,
      temp_directory: join(request.folder, 'spilled'),
      max_temp_directory_size: '2GiB',
    });
    try {
      const connection = await instance.connect();
      await connection.run(`SET allowed_directories = [${quoteText(`${request.folder}/`)}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
      await readTable(connection, request);
      await connection.run('CHECKPOINT');
      connection.closeSync();
    } catch (error) {
      const wantsRoom = await isForWantOfRoom(error, { folder: request.folder, bytes: size });
      throw wantsRoom ? new AppError('disk_full', { cause: error }) : error;
    } finally {
      instance.closeSync();
    }
  },
});
