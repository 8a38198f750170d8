import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, isAppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { TableSource } from '../../ports/data-engine.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import type { CalledProcess } from '../../process/process-calls.ts';
import type { DatabaseCache, UsedDatabase } from './database-cache.ts';
import { nodeMegabytes } from './limited-child.ts';
import { maxTableBytes } from './limits.ts';
import type { IngestRequest } from './messages.ts';
import type { WarmPool } from './warm-pool.ts';

export interface TableReaderOptions {
  folder: string;
  memoryMegabytes: number;
  cache: DatabaseCache;
  pool: WarmPool;
}

/** Makes a database of each table, in one process for all of them, which ends with the last. */
export function createTableReader({ folder, memoryMegabytes, cache, pool }: TableReaderOptions) {
  async function read(source: TableSource, child: CalledProcess, signal: AbortSignal): Promise<UsedDatabase> {
    const work = join(folder, `work-${randomUUID()}`);
    try {
      await mkdir(work, { mode: 0o700 });
      const input = join(work, 'input');
      const output = join(work, 'output.db');
      await pipeline(source.content(), limitBytes, createWriteStream(input), { signal });
      await child.call('ingest', {
        format: source.format,
        csv: source.csv,
        input,
        output,
        folder: work,
        memoryMegabytes: memoryMegabytes - nodeMegabytes,
      } satisfies IngestRequest);
      return await cache.add(keyOf(source), output);
    } catch (error) {
      throw readingError(error, { table: source.name, signal });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  return async (tables: readonly TableSource[], signal: AbortSignal): Promise<UsedDatabase[]> => {
    const used: UsedDatabase[] = [];
    let child: CalledProcess | undefined;
    const stop = (): void => child?.kill(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (const source of tables) {
        signal.throwIfAborted();
        used.push(cache.find(keyOf(source)) ?? (await read(source, (child ??= pool.take()), signal)));
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
  if (isAppError(error, 'table_broken') || isAppError(error, 'table_too_large')) {
    return new AppError(error.code, { detail: aboutTable(table, error), cause: error });
  }
  return isDiskFull(error) ? new AppError('disk_full', { cause: error }) : error;
}

function aboutTable(table: string, { detail = '', told: reason }: AppError): Told {
  if (reason === undefined) return told`Table "${table}".`;
  return /^(?:row|line|column) /.test(detail) ? told`Table "${table}", ${reason}` : told`Table "${table}": ${reason}`;
}
