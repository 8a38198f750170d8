import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'libsql';
import type { ConnectionRole, DatabaseReply, DatabaseRequest, DatabaseStart } from './connection.ts';
import type { Row, StatementResult } from './statement.ts';
import { migrate, NewerSchemaError } from './migrate.ts';

// The thread behind openConnection: one SQLite connection, one request after the other.

const { path, role } = workerData as { path: string; role: ConnectionRole };
const maxGroupedWrites = 64;
const maxPrepared = 500;
const port = parentPort;
if (port === null) throw new Error('database-worker runs in a worker thread');

try {
  const database = open();
  port.on('message', (message: DatabaseRequest | 'close') => {
    if (message === 'close') close(database);
    else if (role === 'reader') port.postMessage(answer(database, message));
    else writeGroup(database, message);
  });
  port.postMessage({ ready: true } satisfies DatabaseStart);
} catch (error) {
  const detail = error instanceof NewerSchemaError ? error.told : null;
  port.postMessage({ failed: describe(error).message, detail } satisfies DatabaseStart);
}

function open(): SqliteDatabase.Database {
  const database = new SqliteDatabase(path);
  // Before journal_mode: the second connection would otherwise fail at once with SQLITE_BUSY.
  database.pragma('busy_timeout = 10000');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  if (role === 'writer') migrate(database);
  else database.pragma('query_only = ON');
  return database;
}

function close(database: SqliteDatabase.Database): void {
  database.close();
  port!.close();
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
  if (closing) close(database);
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
  // A full or failing disk ends the whole transaction: then every request of the group has that error.
  if ('error' in reply && !database.inTransaction) throw new LostTransaction(reply.error);
  if ('error' in reply || reply.results === undefined) database.exec('rollback to request');
  database.exec('release request');
  return reply;
}

class LostTransaction extends Error {
  readonly code: string;

  constructor({ message, code }: { message: string; code: string }) {
    super(message);
    this.code = code;
  }
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
  const statement = prepare(database, sql);
  const bound = values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
  if (!statement.reader) return { rows: [], changes: statement.run(...bound).changes };
  const names = statement.columns().map((column) => column.name);
  const rows = (statement.raw(true).all(...bound) as Row[string][][]).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
  return { rows, changes: rows.length };
}

function prepare(database: SqliteDatabase.Database, sql: string): SqliteDatabase.Statement {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  if (prepared.size >= maxPrepared) prepared.clear();
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
  return statement;
}

function describe(error: unknown): { message: string; code: string } {
  const { message, code } = error as { message?: string; code?: string };
  return { message: message ?? String(error), code: code ?? 'SQLITE_ERROR' };
}
