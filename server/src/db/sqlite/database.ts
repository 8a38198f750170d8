import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors/app-error.ts';
import { builtModule } from '../../process/built-module.ts';

/** What SQLite takes and gives: dates and booleans are numbers, JSON is text. */
export type SqlValue = string | number | null | Uint8Array;
export type Row = Record<string, SqlValue>;

export interface Statement {
  sql: string;
  values?: readonly SqlValue[];
  /** The transaction is undone, and `transaction` resolves to undefined, when another number of rows changed. */
  expectChanges?: number;
}

export interface StatementResult {
  rows: Row[];
  changes: number;
}

/**
 * One SQLite file, read and written in worker threads so that the event loop never waits for a disk. Writes are on the
 * disk (`synchronous=FULL`) when their promise resolves. Errors arrive as `storage_failed`, unique violations as
 * `already_exists`.
 */
export interface Database extends AsyncDisposable {
  all(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** A write of one statement; `returning` rows come back. */
  run(sql: string, values?: readonly SqlValue[]): Promise<StatementResult>;
  /** All statements or none; undefined when an `expectChanges` was not met. */
  transaction(statements: readonly Statement[]): Promise<StatementResult[] | undefined>;
}

export interface DatabaseRequest {
  id: number;
  statements: readonly Statement[];
}

export type DatabaseReply =
  | { id: number; results: StatementResult[] | undefined }
  | { id: number; error: { message: string; code: string } };

/** Opens the file, bringing its schema up to date; rejects when it was written by a newer version of the product. */
export async function openDatabase(path: string): Promise<Database> {
  const writer = await startWorker(path, 'writer');
  const reader = await startWorker(path, 'reader');
  return {
    all: async (sql, values = []) => first(await reader.send([{ sql, values }])).rows,
    run: async (sql, values = []) => first(await writer.send([{ sql, values }])),
    transaction: (statements) => writer.send(statements),
    async [Symbol.asyncDispose]() {
      await reader.close();
      await writer.close();
    },
  };
}

function first(results: StatementResult[] | undefined): StatementResult {
  const result = results?.[0];
  if (result === undefined) throw new AppError('internal', { detail: 'a statement gave no result' });
  return result;
}

interface DatabaseWorker {
  send(statements: readonly Statement[]): Promise<StatementResult[] | undefined>;
  close(): Promise<void>;
}

async function startWorker(path: string, role: 'writer' | 'reader'): Promise<DatabaseWorker> {
  const worker = new Worker(builtModule(import.meta.url, './database-worker.js'), { workerData: { path, role } });
  const pending = new Map<number, PromiseWithResolvers>();
  let lastId = 0;
  let failure: unknown = null;

  await new Promise<void>((resolve, reject) => {
    worker.once('message', (message: { ready: true } | { failed: string }) =>
      'ready' in message ? resolve() : reject(new AppError('storage_failed', { detail: message.failed })),
    );
    worker.once('error', reject);
  });
  worker.on('message', (reply: DatabaseReply) => {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) waiting?.reject(toAppError(reply.error));
    else waiting?.resolve(reply.results);
  });
  const abandon = (error: unknown): void => {
    failure = error;
    for (const waiting of pending.values()) waiting.reject(new AppError('storage_failed', { cause: error }));
    pending.clear();
  };
  worker.on('error', abandon);
  worker.on('exit', () => abandon(new Error('the database is closed')));

  return {
    send(statements) {
      if (failure !== null) return Promise.reject(new AppError('storage_failed', { cause: failure }));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        worker.postMessage({ id, statements } satisfies DatabaseRequest);
      });
    },
    async close() {
      if (failure !== null) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await ended;
    },
  };
}

interface PromiseWithResolvers {
  resolve(results: StatementResult[] | undefined): void;
  reject(error: unknown): void;
}

function toAppError(error: { message: string; code: string }): AppError {
  const cause = new Error(`${error.code}: ${error.message}`);
  if (error.code.startsWith('SQLITE_CONSTRAINT')) return new AppError('already_exists', { cause });
  if (error.code === 'SQLITE_FULL') return new AppError('disk_full', { cause });
  return new AppError('storage_failed', { cause });
}
