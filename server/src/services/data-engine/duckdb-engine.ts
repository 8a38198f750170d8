import { randomBytes } from 'node:crypto';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors/app-error.ts';
import type { LoadedTable, QueryResult } from '../../models/table.ts';
import type { DataEngine, DataSession, TableSource } from '../../ports/data-engine.ts';
import { builtModule } from '../../process/built-module.ts';
import { startCalledProcess, type CalledProcess } from '../../process/process-calls.ts';
import type { ProcessDeath } from '../../process/limited-process.ts';
import { createTurns } from '../../process/turns.ts';
import type { IngestRequest, OpenRequest, QueryRequest } from './messages.ts';

export interface DuckDbEngineOptions {
  /** Of its own: what is in it is removed when it opens. */
  folder: string;
  /** Sessions at the same time. */
  processes?: number;
  memoryMegabytes?: number;
}

const packageOfEngine = createRequire(import.meta.url)('@duckdb/node-api/package.json') as { version: string };
const engineVersion = packageOfEngine.version.split('-')[0]!;

/** What Node itself needs of the memory of a process. */
const nodeMegabytes = 384;

/** Tables and questions in DuckDB, each session in a process of its own. */
export async function openDuckDbEngine({
  folder,
  processes = 2,
  memoryMegabytes = 1024,
}: DuckDbEngineOptions): Promise<DataEngine> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const turns = createTurns(processes);
  const started = new Set<CalledProcess>();

  function start(module: string, permissions: string[], fileBytes: number): CalledProcess {
    const child = startCalledProcess({
      module: builtModule(import.meta.url, module),
      limits: { cpuSeconds: 120, memoryMegabytes, openFiles: 64, fileBytes },
      heapShare: 0.2,
      permissions: ['--allow-addons', ...permissions],
      deathError,
    });
    started.add(child);
    void child.ended.then(() => started.delete(child));
    return child;
  }

  async function databaseOf(source: TableSource): Promise<string> {
    const key = createHash('sha256')
      .update(JSON.stringify([source.digest, source.format, source.csv, engineVersion]))
      .digest('hex');
    const file = join(folder, `${key}.db`);
    if (existsSync(file)) return file;
    const unfinished = join(folder, randomBytes(8).toString('hex'));
    const child = start('./ingest-child.js', [`--allow-fs-write=${folder}`], 1024 ** 3);
    try {
      await pipeline(source.content(), createWriteStream(`${unfinished}.in`));
      await child.call('ingest', {
        table: source.name,
        format: source.format,
        csv: source.csv,
        input: `${unfinished}.in`,
        output: `${unfinished}.db`,
      } satisfies IngestRequest);
      await rename(`${unfinished}.db`, file);
      return file;
    } finally {
      child.kill();
      await rm(`${unfinished}.in`, { force: true });
      await rm(`${unfinished}.db`, { force: true });
    }
  }

  return {
    traits: { engine: `DuckDB ${engineVersion}` },
    async open(tables, { signal, deadlineMs }): Promise<DataSession> {
      await turns.take(signal);
      const stop = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
      const files: { name: string; file: string }[] = [];
      for (const source of tables) files.push({ name: source.name, file: await databaseOf(source) });
      const child = start('./query-child.js', [], 0);
      stop.addEventListener('abort', () => child.kill(signal.aborted ? signal.reason : new AppError('timeout')));
      void child.ended.then(() => turns.release());
      const loaded = await child.call('open', {
        tables: files,
        memoryMegabytes: memoryMegabytes - nodeMegabytes,
      } satisfies OpenRequest);
      const query = async (request: QueryRequest): Promise<QueryResult> =>
        (await child.call('query', request)) as QueryResult;
      return {
        tables: loaded as LoadedTable[],
        query: (sql) => query({ sql, isUntrusted: false }),
        queryUntrusted: (sql) => query({ sql, isUntrusted: true }),
        async [Symbol.asyncDispose]() {
          child.kill(new AppError('shutting_down'));
          await child.ended;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const child of started) child.kill(new AppError('shutting_down'));
      await Promise.all([...started].map((child) => child.ended));
    },
  };
}

function deathError(death: ProcessDeath): AppError {
  if (death.kind === 'not_started') return new AppError('internal', { cause: death.cause });
  return death.kind === 'limit' ? new AppError('timeout') : new AppError('internal');
}
