import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { LoadedTable, QueryResult } from '../../models/table.ts';
import type { DataSession } from '../../ports/data-engine.ts';
import type { CalledProcess } from '../../process/process-calls.ts';
import { tooMuchToRead } from './limited-child.ts';
import type { OpenRequest, QueryRequest } from './messages.ts';
import type { WarmPool } from './warm-pool.ts';

export interface SessionParts {
  pool: WarmPool;
  tables: OpenRequest['tables'];
  untrustedSeconds: number;
  /** Ends the session: what runs is killed, and rejects with the reason. */
  stop: AbortController;
  /** What to give back when it has ended. Called once. */
  onEnd(): void;
}

/**
 * Its process dies with a query that takes too much; then the next query has a new one over the same tables. One
 * query runs at a time, so that none dies of another.
 */
export async function openSession({ pool, tables, untrustedSeconds, stop, onEnd }: SessionParts): Promise<DataSession> {
  const child = createReplaceableChild(pool, { tables });
  let last: Promise<unknown> = Promise.resolve();
  let ending: Promise<void> | undefined;

  stop.signal.addEventListener('abort', () => void end(), { once: true });

  function end(): Promise<void> {
    ending ??= child.kill(stop.signal.reason).finally(onEnd);
    return ending;
  }

  function query(sql: string, isUntrusted: boolean): Promise<QueryResult> {
    const result = last.then(() => run({ sql, isUntrusted }));
    last = result.catch(() => {});
    return result;
  }

  async function run(request: QueryRequest): Promise<QueryResult> {
    const process = await child.get(stop.signal);
    const timer = request.isUntrusted ? setTimeout(() => process.kill(tooLong()), untrustedSeconds * 1000) : undefined;
    try {
      return (await process.call('query', request)) as QueryResult;
    } finally {
      clearTimeout(timer);
    }
  }

  function tooLong(): AppError {
    return new AppError('timeout', { detail: told`The query took longer than ${untrustedSeconds} s.` });
  }

  try {
    await child.get(stop.signal);
  } catch (error) {
    stop.abort(error);
    await end();
    throw error;
  }
  return {
    tables: child.tables(),
    query: (sql) => query(sql, false),
    queryUntrusted: (sql) => query(sql, true),
    async [Symbol.asyncDispose]() {
      stop.abort(new AppError('internal', { detail: told`The session is closed.` }));
      await end();
    },
  };
}

/** Of a process that dies of its tables, no query has failed. */
function openingError(error: unknown): never {
  throw isAppError(error, 'sql_failed') ? tooMuchToRead(error) : error;
}

interface ReplaceableChild {
  /** The process, with its tables open. Rejects with the reason of the signal. */
  get(signal: AbortSignal): Promise<CalledProcess>;
  tables(): readonly LoadedTable[];
  kill(reason: unknown): Promise<void>;
}

function createReplaceableChild(pool: WarmPool, request: OpenRequest): ReplaceableChild {
  let process: CalledProcess | undefined;
  let tables: readonly LoadedTable[] = [];
  return {
    async get(signal) {
      signal.throwIfAborted();
      if (process?.isAlive()) return process;
      process = pool.take();
      tables = (await process.call('open', request).catch(openingError)) as LoadedTable[];
      return process;
    },
    tables: () => tables,
    async kill(reason) {
      process?.kill(reason);
      await process?.ended;
    },
  };
}
