import type { Worker } from 'node:worker_threads';
import SqliteDatabase from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/db/sqlite/database.ts';
import { migrate } from '../../src/db/sqlite/migrate.ts';
import { migrations } from '../../src/db/sqlite/migrations/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Of this test, in the order in which they were started. */
const threads: Worker[] = [];
const noteThread = (thread: Worker): void => void threads.push(thread);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: Database;
const insert = 'insert into notes (id, text) values (?, ?)';
const ids = async (): Promise<unknown[]> =>
  (await database.all('select id from notes order by id')).map((row) => row['id']);

beforeEach(async () => {
  process.on('worker', noteThread);
  folder = await temporaryFolder();
  database = await openDatabase(folder.file('test.db'));
  await database.run(
    "create table notes (id integer primary key, text text not null unique check (text <> 'bad')) strict",
  );
});

afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  process.off('worker', noteThread);
  threads.length = 0;
});

describe('database', () => {
  it('gives back every kind of value', async () => {
    const values = ['ação', 12.5, null, new Uint8Array([0, 255])];
    await database.run('create table kinds (t text, n real, e text, b blob) strict');
    await database.run('insert into kinds values (?, ?, ?, ?)', values);
    expect(await database.all('select * from kinds')).toEqual([
      { t: 'ação', n: 12.5, e: null, b: new Uint8Array([0, 255]) },
    ]);
  });

  it('returns the rows and the number of changes of a write', async () => {
    expect(await database.run(`${insert} returning id, text`, [7, 'seven'])).toEqual({
      rows: [{ id: 7, text: 'seven' }],
      changes: 1,
    });
    expect((await database.run('update notes set text = ? where id = ?', ['none', 8])).changes).toBe(0);
  });

  it('reads what was written before', async () => {
    for (let id = 1; id <= 50; id += 1) {
      await database.run(insert, [id, `note ${id}`]);
      expect(await database.all('select count(*) as n from notes')).toEqual([{ n: id }]);
    }
  });

  it('waits for the disk at every commit', async () => {
    // Killing the process does not show it: what a process wrote survives it without reaching the disk.
    expect((await database.run('pragma synchronous')).rows).toEqual([{ synchronous: 2 }]);
    expect((await database.run('pragma journal_mode')).rows).toEqual([{ journal_mode: 'wal' }]);
  });

  it('refuses to write through a read', async () => {
    await expect(database.all(insert, [1, 'one'])).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await ids()).toEqual([]);
  });

  it('commits the good writes of a group and undoes only the bad ones', async () => {
    const writes = Array.from({ length: 200 }, (_, index) =>
      database.run(insert, [index, index % 10 === 3 ? 'bad' : `note ${index}`]),
    );
    const outcomes = await Promise.allSettled(writes);
    const refused = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [index] : []));
    expect(refused).toEqual(Array.from({ length: 20 }, (_, index) => index * 10 + 3));
    expect(await ids()).toHaveLength(180);
  });

  it('does all statements of a transaction or none', async () => {
    const transaction = database.transaction([
      { sql: insert, values: [1, 'one'] },
      { sql: insert, values: [2, 'one'] },
    ]);
    await expect(transaction).rejects.toMatchObject({ code: 'already_exists' });
    expect(await ids()).toEqual([]);
  });

  it('undoes a transaction that changed another number of rows than expected', async () => {
    const [unmet, beside] = await Promise.all([
      database.transaction([
        { sql: insert, values: [1, 'one'] },
        { sql: 'update notes set text = ? where id = ?', values: ['two', 2], expectChanges: 1 },
      ]),
      database.transaction([{ sql: insert, values: [3, 'three'], expectChanges: 1 }]),
    ]);
    expect(unmet).toBeUndefined();
    expect(beside).toEqual([{ rows: [], changes: 1 }]);
    expect(await ids()).toEqual([3]);
  });

  it('names what went wrong by a code', async () => {
    await database.run(insert, [1, 'one']);
    await database.run('create table replies (note integer not null references notes) strict');
    const codeOf = async (sql: string): Promise<unknown> =>
      database.run(sql).then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await codeOf("insert into notes values (2, 'one')")).toBe('already_exists');
    expect(await codeOf("insert into notes values (1, 'two')")).toBe('already_exists');
    expect(await codeOf('insert into replies values (99)')).toBe('conflict');
    expect(await codeOf("insert into notes values (3, 'bad')")).toBe('storage_failed');
    expect(await codeOf('insert into')).toBe('storage_failed');
  });

  it('reports a full disk, keeps what was acknowledged, and goes on when there is room', async () => {
    await database.run(insert, [1, 'before']);
    await database.run('pragma max_page_count = 40');
    const big = 'x'.repeat(1_000_000);
    await expect(database.run(insert, [2, big])).rejects.toMatchObject({ code: 'disk_full' });
    expect(await ids()).toEqual([1]);
    await database.run('pragma max_page_count = 100000');
    await database.run(insert, [2, big]);
    expect(await ids()).toEqual([1, 2]);
  });

  it('finishes what was asked before it closes, and closes twice', async () => {
    const writes = [database.run(insert, [1, 'one']), database.run(insert, [2, 'two'])];
    await Promise.all([database[Symbol.asyncDispose](), database[Symbol.asyncDispose]()]);
    await Promise.all(writes);
    await database[Symbol.asyncDispose]();
    await expect(database.all('select 1')).rejects.toMatchObject({ code: 'storage_failed' });
    await expect(database.run('select 1')).rejects.toMatchObject({ code: 'storage_failed' });
    await using again = await openDatabase(folder.file('test.db'));
    expect(await again.all('select id from notes order by id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('rejects what a thread was to do when it died, and starts it again', async () => {
    await database.run(insert, [1, 'one']);
    // It cannot read this, and dies before it comes to what follows. Killed inside of a statement it would take us along.
    threads[0]!.postMessage(null);
    const outcomes = Promise.allSettled([database.run(insert, [2, 'two']), database.run(insert, [3, 'three'])]);
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    await database.run(insert, [4, 'four']);
    expect(await ids()).toEqual([1, 4]);
  });
});

describe('schema', () => {
  it('refuses a file written by a newer version, saying so', async () => {
    const newer = new SqliteDatabase(folder.file('newer.db'));
    newer.exec('pragma user_version = 900');
    newer.close();
    await expect(openDatabase(folder.file('newer.db'))).rejects.toMatchObject({
      code: 'storage_failed',
      detail: `The data was written by a newer version of Billumy (schema 900; this version knows ${migrations.length}).`,
    });
  });

  it('does not name the file when it cannot be opened', async () => {
    await expect(openDatabase(folder.file('absent/test.db'))).rejects.toMatchObject({
      code: 'storage_failed',
      message: 'storage_failed',
    });
  });

  it('is made once when two open the same new file at the same moment', async () => {
    const path = folder.file('both.db');
    const both = await Promise.all([openDatabase(path), openDatabase(path)]);
    for (const opened of both) {
      expect(await opened.all('pragma user_version')).toEqual([{ user_version: migrations.length }]);
      await opened[Symbol.asyncDispose]();
    }
  });

  it('applies only the steps that are missing, and leaves a failed step undone', () => {
    const file = new SqliteDatabase(':memory:');
    const tables = (): unknown =>
      file.prepare("select group_concat(name) as names from sqlite_master where type = 'table'").raw(true).get();
    migrate(file, ['create table first (x)']);
    migrate(file, ['create table first (x)', 'create table second (x)']);
    expect(tables()).toEqual(['first,second']);
    expect(() => {
      migrate(file, ['', '', 'create table third (x); insert into nowhere values (1)']);
    }).toThrow('nowhere');
    file.exec('rollback');
    expect(tables()).toEqual(['first,second']);
    file.close();
  });
});
