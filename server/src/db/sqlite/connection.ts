import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors/app-error.ts';
import type { Told } from '../../errors/told.ts';
import { builtModule } from '../../process/built-module.ts';
import type { Statement, StatementResult } from './statement.ts';

export type ConnectionRole = 'writer' | 'reader';

export interface DatabaseRequest {
  id: number;
  statements: readonly Statement[];
}

/** What a thread says first. `detail` is set when a person can act on it. */
export type DatabaseStart = { ready: true } | { failed: string; detail: Told | null };

export type DatabaseReply =
  | { id: number; results: StatementResult[] | undefined }
  | { id: number; error: { message: string; code: string } };

export interface Connection {
  send(statements: readonly Statement[]): Promise<StatementResult[] | undefined>;
  /** Finishes what was sent, then ends the thread; calling it again does nothing. */
  close(): Promise<void>;
}

/** One SQLite connection in a thread of its own, which is started again after it died. */
export async function openConnection(path: string, role: ConnectionRole): Promise<Connection> {
  let closed = false;
  let thread: Promise<DatabaseThread> | undefined;
  let running: DatabaseThread | undefined;
  const forget = (): void => {
    thread = undefined;
    running = undefined;
  };
  const connect = async (): Promise<DatabaseThread> => {
    const starting = (thread ??= startThread({ path, role, onEnd: forget }));
    const fresh = await starting;
    // It may have ended since it was ready.
    if (thread === starting) running = fresh;
    return fresh;
  };
  await connect();
  return {
    async send(statements) {
      if (closed) throw new AppError('storage_failed', { cause: new Error('the database is closed') });
      // At once where it can be: the caller has other work to do while the disk is written.
      return running === undefined ? (await connect()).send(statements) : running.send(statements);
    },
    async close() {
      closed = true;
      await (await thread?.catch(() => undefined))?.close();
    },
  };
}

interface Waiting {
  resolve(results: StatementResult[] | undefined): void;
  reject(error: unknown): void;
}

interface DatabaseThread {
  send(statements: readonly Statement[]): Promise<StatementResult[] | undefined>;
  close(): Promise<void>;
}

interface ThreadOptions {
  path: string;
  role: ConnectionRole;
  onEnd(): void;
}

async function startThread({ path, role, onEnd }: ThreadOptions): Promise<DatabaseThread> {
  const worker = new Worker(builtModule(import.meta.url, './database-worker.js'), { workerData: { path, role } });
  const pending = new Map<number, Waiting>();
  let lastId = 0;
  let cause: unknown = new Error('the thread of the database ended');
  let ended = false;
  worker.once('error', (error) => (cause = error));
  const exited = new Promise<void>((resolve) =>
    worker.once('exit', () => {
      ended = true;
      onEnd();
      for (const waiting of pending.values()) waiting.reject(new AppError('storage_failed', { cause }));
      pending.clear();
      resolve();
    }),
  );
  await started(worker, exited);
  worker.on('message', (reply: DatabaseReply) => {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) waiting?.reject(toAppError(reply.error));
    else waiting?.resolve(reply.results);
  });
  return {
    send: (statements) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(new AppError('storage_failed', { cause }));
          return;
        }
        const id = ++lastId;
        pending.set(id, { resolve, reject });
        worker.postMessage({ id, statements } satisfies DatabaseRequest);
      }),
    async close() {
      worker.postMessage('close');
      await exited;
    },
  };
}

async function started(worker: Worker, exited: Promise<void>): Promise<void> {
  const start = await new Promise<DatabaseStart>((resolve) => {
    worker.once('message', resolve);
    void exited.then(() => resolve({ failed: 'the thread ended before it was ready', detail: null }));
  });
  if ('ready' in start) return;
  await exited;
  const cause = new Error(start.failed);
  throw new AppError('storage_failed', { detail: start.detail ?? undefined, cause });
}

const codeOf: Readonly<Record<string, 'already_exists' | 'conflict' | 'disk_full'>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'already_exists',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'already_exists',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'conflict',
  SQLITE_FULL: 'disk_full',
};

function toAppError({ code, message }: { message: string; code: string }): AppError {
  return new AppError(codeOf[code] ?? 'storage_failed', { cause: new Error(`${code}: ${message}`) });
}
