import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AppError } from '../../errors/app-error.ts';
import type { DataEngine, DataSession, SessionOptions, TableSource } from '../../ports/data-engine.ts';
import { makeFolder } from '../../process/make-folder.ts';
import { createTurns } from '../../process/turns.ts';
import { createDatabaseCache } from './database-cache.ts';
import { usualFewBytes } from './few-bytes.ts';
import { startIngestChild, startQueryChild } from './limited-child.ts';
import { openSession } from './session.ts';
import { createTableReader } from './table-reader.ts';
import { createWarmPool } from './warm-pool.ts';

export interface DuckDbEngineOptions {
  /** Of its own: what is in it is removed when it opens. */
  folder: string;
  /** Sessions at the same time. */
  processes?: number;
  /** More sessions than that are refused while they would have to wait. */
  mostWaiting?: number;
  /** Of each process. */
  memoryMegabytes?: number;
  /** Of databases of tables that were read, on the disk. */
  cacheMegabytes?: number;
  /** Tables of fewer bytes are read by each session anew, into its memory. */
  fewBytes?: number;
  /** For a statement that somebody else wrote. */
  untrustedSeconds?: number;
  /** How long processes without work stay warm. */
  idleSeconds?: number;
}

const engineVersion = (
  createRequire(import.meta.url)('@duckdb/node-api/package.json') as { version: string }
).version.replace(/-.*/, '');
const mebibyte = 1024 * 1024;
/** The next session, and the one after that. */
const warmProcesses = 2;

/**
 * Tables and queries in DuckDB. Bytes of strangers are read by one process, which may only write into the folder; the
 * queries of a session are run by another, which can read its tables and write nothing. What is small enough to need no
 * file is read by the latter, so that one process does for a session. Both have no environment and
 * limits on memory, processor time and files (`prlimit` on Linux; elsewhere the heap limit and a look at `/proc`), gain no
 * rights and have no network where Linux gives that to programs without privileges, and die at the deadline.
 */
export async function openDuckDbEngine({
  folder,
  processes = 2,
  mostWaiting = 16,
  memoryMegabytes = 2048,
  cacheMegabytes = 2048,
  fewBytes = usualFewBytes,
  untrustedSeconds = 2,
  idleSeconds = 60,
}: DuckDbEngineOptions): Promise<DataEngine> {
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  const turns = createTurns(processes, mostWaiting);
  const closed = new AbortController();
  const ingestPool = createWarmPool({
    start: () => startIngestChild({ memoryMegabytes, folder }),
    warm: 1,
    idleSeconds,
  });
  const queryPool = createWarmPool({
    start: () => startQueryChild({ memoryMegabytes }),
    warm: warmProcesses,
    idleSeconds,
  });
  const readTables = createTableReader({
    folder,
    memoryMegabytes,
    fewBytes,
    cache: createDatabaseCache({ folder, mostBytes: cacheMegabytes * mebibyte }),
    pool: ingestPool,
  });

  /** The turn is taken already, and given back by `onEnd`. */
  async function open(tables: readonly TableSource[], stop: AbortController, onEnd: () => void): Promise<DataSession> {
    // It starts while the tables are read.
    queryPool.prepare();
    const read = await readTables(tables, stop.signal).catch((error: unknown) => {
      onEnd();
      throw error;
    });
    return openSession({
      pool: queryPool,
      tables: read.map(({ table }) => table),
      untrustedSeconds,
      stop,
      onEnd() {
        for (const { release } of read) release();
        onEnd();
      },
    });
  }

  return {
    traits: { engine: `DuckDB ${engineVersion}` },
    async open(tables, options) {
      const { stop, release } = deadlineOf(options, closed.signal);
      try {
        await turns.take(stop.signal);
      } catch (error) {
        release();
        throw error;
      }
      return open(tables, stop, () => {
        release();
        turns.release();
      });
    },
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      await Promise.all([ingestPool[Symbol.asyncDispose](), queryPool[Symbol.asyncDispose]()]);
    },
  };
}

/** Aborts at the deadline, or when one of the signals does, with its reason. */
function deadlineOf(
  { signal, deadlineMs }: SessionOptions,
  closed: AbortSignal,
): { stop: AbortController; release(): void } {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, closed]);
  const abort = (): void => stop.abort(either.reason);
  if (either.aborted) abort();
  either.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => stop.abort(new AppError('timeout')), deadlineMs);
  return {
    stop,
    release() {
      clearTimeout(timer);
      either.removeEventListener('abort', abort);
    },
  };
}
