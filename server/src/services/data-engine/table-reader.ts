import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { TableSource } from '../../ports/data-engine.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import type { CalledProcess } from '../../process/process-calls.ts';
import type { DatabaseCache } from './database-cache.ts';
import { isForMemory } from './few-bytes.ts';
import { ofTable } from './ingest/table-error.ts';
import { nodeMegabytes } from './limited-child.ts';
import { maxTableBytes } from './limits.ts';
import type { IngestRequest, TableToOpen } from './messages.ts';
import type { WarmPool } from './warm-pool.ts';

export interface TableReaderOptions {
  folder: string;
  memoryMegabytes: number;
  /** Files of fewer bytes are left to the session that asks about them. */
  fewBytes: number;
  cache: DatabaseCache;
  pool: WarmPool;
}

/** What a session opens; its files stay until it is released. */
export interface ReadTable {
  table: TableToOpen;
  release(): void;
}

/** Makes a database of each table that is not small, in one process for all of them, which ends with the last. */
export function createTableReader({ folder, memoryMegabytes, fewBytes, cache, pool }: TableReaderOptions) {
  async function read(source: TableSource, child: () => CalledProcess, signal: AbortSignal): Promise<ReadTable> {
    const { name, format, csv } = source;
    const work = join(folder, `work-${randomUUID()}`);
    const file = { format, csv, input: join(work, 'input') };
    // A file or two: to wait for their end takes longer than it.
    const release = (): void => rmSync(work, { recursive: true, force: true });
    try {
      await mkdir(work, { mode: 0o700 });
      await pipeline(source.content(), limitBytes, createWriteStream(file.input), { signal });
      if (await isForMemory(file, fewBytes)) return { table: { name, ...file }, release };
      const output = join(work, 'output.db');
      await child().call('ingest', {
        ...file,
        output,
        folder: work,
        memoryMegabytes: memoryMegabytes - nodeMegabytes,
      } satisfies IngestRequest);
      const database = await cache.add(keyOf(source), output);
      release();
      return { table: { name, file: database.file }, release: database.release };
    } catch (error) {
      release();
      throw readingError(error, { table: name, signal });
    }
  }

  function find(source: TableSource): ReadTable | undefined {
    const database = cache.find(keyOf(source));
    return database && { table: { name: source.name, file: database.file }, release: database.release };
  }

  return async (tables: readonly TableSource[], signal: AbortSignal): Promise<ReadTable[]> => {
    const used: ReadTable[] = [];
    let child: CalledProcess | undefined;
    const stop = (): void => child?.kill(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (const source of tables) {
        signal.throwIfAborted();
        used.push(find(source) ?? (await read(source, () => (child ??= pool.take()), signal)));
      }
      return used;
    } catch (error) {
      for (const { release } of used) release();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      child?.kill();
    }
  };
}

/** The same for tables that are read from the same bytes in the same way. */
function keyOf({ digest, format, csv }: TableSource): string {
  const form = Object.entries(csv).toSorted(([first], [second]) => (first < second ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([digest, format, form]))
    .digest('hex');
}

async function* limitBytes(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxTableBytes) {
      throw new AppError('table_too_large', { detail: told`It has more than ${maxTableBytes / 1024 ** 2} MiB.` });
    }
    yield chunk;
  }
}

/** Says which table it is about; a full disk and an aborted signal are told as such. */
function readingError(error: unknown, { table, signal }: { table: string; signal: AbortSignal }): unknown {
  if (signal.aborted) return signal.reason;
  return isDiskFull(error) ? new AppError('disk_full', { cause: error }) : ofTable(table, error);
}
