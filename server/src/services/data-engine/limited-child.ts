import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { builtModule } from '../../process/built-module.ts';
import { startCalledProcess, type CalledProcess } from '../../process/process-calls.ts';
import type { ProcessDeath } from '../../process/limited-process.ts';
import type { PrepareRequest } from './messages.ts';

export interface ChildMemory {
  memoryMegabytes: number;
}

/** What Node itself and the stacks of its threads need of the memory of a process; the rest is the engine's. */
export const nodeMegabytes = 384;
/** Of the memory, what the JavaScript heap may take: rows on their way. */
const heapShare = 0.25;
/** Deadlines end a process long before; this ends one whose service is gone. */
const cpuSeconds = 300;
const openFiles = 64;
/** Of the database that is written, and of what does not fit into memory meanwhile. */
const mostWrittenBytes = 2 * 1024 ** 3;

/** A process that reads tables, and may write into the folder. */
export function startIngestChild({ memoryMegabytes, folder }: ChildMemory & { folder: string }): CalledProcess {
  return startCalledProcess({
    module: builtModule(import.meta.url, './ingest-child.js'),
    limits: { cpuSeconds, memoryMegabytes, openFiles, fileBytes: mostWrittenBytes },
    heapShare,
    permissions: ['--allow-addons', `--allow-fs-write=${folder}`],
    deathError: (death) =>
      startError(death) ??
      (death.kind === 'limit'
        ? tooMuchToRead()
        : new AppError('table_broken', { detail: told`The table could not be read.` })),
  });
}

/** A process that answers the queries of one session, and can write nothing; its engine is started at once. */
export function startQueryChild({ memoryMegabytes }: ChildMemory): CalledProcess {
  const child = startCalledProcess({
    module: builtModule(import.meta.url, './query-child.js'),
    limits: { cpuSeconds, memoryMegabytes, openFiles, fileBytes: 0 },
    heapShare,
    permissions: ['--allow-addons'],
    deathError: (death) =>
      startError(death) ??
      new AppError('sql_failed', { detail: told`The query needs more memory or processor time than it gets.` }),
  });
  const request: PrepareRequest = { memoryMegabytes: memoryMegabytes - nodeMegabytes };
  // Where it fails, so does opening the tables, which says so.
  child.call('prepare', request).catch(() => {});
  return child;
}

export function tooMuchToRead(cause?: unknown): AppError {
  return new AppError('table_too_large', {
    detail: told`Reading the table takes more memory or time than it gets.`,
    cause,
  });
}

function startError(death: ProcessDeath): AppError | null {
  return death.kind === 'not_started' ? new AppError('internal', { cause: death.cause }) : null;
}
