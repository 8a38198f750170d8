import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'libsql';
import type { DatabaseReply, DatabaseRequest, Row, StatementResult } from './database.ts';
import { migrate } from './migrate.ts';

// The thread behind openDatabase: one connection, one request after the other.

const { path, role } = workerData as { path: string; role: 'writer' | 'reader' };
const maxGroupedWrites = 64;
const port = parentPort;
if (port === null) throw new Error('database-worker runs in a worker thread');

try {
  const database = open();
  port.on('message', (message: DatabaseRequest | 'close') => {
    if (message === 'close') {
      database.close();
      port.close();
      return;
    }
    if (role === 'reader') port.postMessage(answer(database, message));
    else writeGroup(database, message);
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ failed: (error as Error).message });
}

function open(): SqliteDatabase.Database {
  const database = new SqliteDatabase(path);
  // Before journal_mode: the second connection would otherwise fail at once with SQLITE_BUSY.
  database.pragma('busy_timeout = 10000');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  if (role === 'writer') migrate(database);
  return database;
}

/** Commits all requests that wait already in one transaction: one fsync serves them all. */
function writeGroup(database: SqliteDatabase.Database, firstRequest: DatabaseRequest): void {
  const requests = [firstRequest];
  let closing = false;
  while (requests.length < maxGroupedWrites && !closing) {
    const waiting = receiveMessageOnPort(port!)?.message as DatabaseRequest | 'close' | undefined;
    if (waiting === undefined) break;
    if (waiting === 'close') closing = true;
    else requests.push(waiting);
  }
  for (const reply of commitGroup(database, requests)) port!.postMessage(reply);
  if (closing) {
    database.close();
    port!.close();
  }
}

function commitGroup(database: SqliteDatabase.Database, requests: readonly DatabaseRequest[]): DatabaseReply[] {
  try {
    database.exec('begin immediate');
    const replies = requests.map((request) => savepoint(database, request));
    database.exec('commit');
    return replies;
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    return requests.map(({ id }) => ({ id, error: describe(error) }));
  }
}

function savepoint(database: SqliteDatabase.Database, request: DatabaseRequest): DatabaseReply {
  database.exec('savepoint request');
  const reply = answer(database, request);
  const failed = 'error' in reply || reply.results === undefined;
  // A full disk may have ended the whole transaction already; then commitGroup reports it for every request.
  if (failed) database.exec('rollback to request');
  database.exec('release request');
  return reply;
}

function answer(database: SqliteDatabase.Database, { id, statements }: DatabaseRequest): DatabaseReply {
  try {
    const results: StatementResult[] = [];
    for (const { sql, values = [], expectChanges } of statements) {
      const result = execute(database, sql, values);
      if (expectChanges !== undefined && result.changes !== expectChanges) return { id, results: undefined };
      results.push(result);
    }
    return { id, results };
  } catch (error) {
    return { id, error: describe(error) };
  }
}

const prepared = new Map<string, SqliteDatabase.Statement>();

function execute(database: SqliteDatabase.Database, sql: string, values: readonly unknown[]): StatementResult {
  let statement = prepared.get(sql);
  if (statement === undefined) {
    statement = database.prepare(sql);
    prepared.set(sql, statement);
  }
  const bound = values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
  if (!statement.reader) return { rows: [], changes: statement.run(...bound).changes };
  const names = statement.columns().map((column) => column.name);
  const rows = (statement.raw(true).all(...bound) as Row[string][][]).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
  return { rows, changes: rows.length };
}

function describe(error: unknown): { message: string; code: string } {
  const { message, code } = error as { message?: string; code?: string };
  return { message: message ?? String(error), code: code ?? 'SQLITE_ERROR' };
}
