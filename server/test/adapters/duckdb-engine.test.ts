import { readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DataEngine, TableSource } from '../../src/ports/data-engine.ts';
import { openDuckDbEngine, type DuckDbEngineOptions } from '../../src/services/data-engine/duckdb-engine.ts';
import { dataEngineContract } from '../contracts/data-engine-contract.ts';
import { startedWith } from '../support/child-processes.ts';
import { tableOf } from '../support/data-session.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const open = (options: Partial<DuckDbEngineOptions> = {}): Promise<DataEngine> =>
  openDuckDbEngine({ folder: folder.file(`engine-${(opened += 1)}`), ...options });

const endless = 'SELECT count(*) FROM t a, t b, t c, t d WHERE a.n + b.n + c.n + d.n < 0';
dataEngineContract('DuckDB', { open: () => open(), endless });

const never = { signal: new AbortController().signal, deadlineMs: 60_000 };

/** A table that counts how often it is read. */
function counted(name: string, content: string): TableSource & { reads(): number } {
  const table = tableOf(name, { format: 'csv', content });
  let reads = 0;
  return {
    ...table,
    content() {
      reads += 1;
      return table.content();
    },
    reads: () => reads,
  };
}

it('reads the same bytes once, under whatever name, and again in another form', async () => {
  await using engine = await open({ fewBytes: 0 });
  const table = counted('a', 'v;x\n1,5;y\n');
  for (const source of [table, { ...table, name: 'b' }, { ...table, csv: { decimal: '.' } }]) {
    await using session = await engine.open([source], never);
    expect(session.tables[0]).toMatchObject({ name: source.name, rows: 1 });
  }
  expect(table.reads()).toBe(2);
});

it('keeps databases within its bytes, and those in use whatever they take', async () => {
  const path = folder.file('small');
  await using engine = await openDuckDbEngine({ folder: path, cacheMegabytes: 0, processes: 3, fewBytes: 0 });
  const [first, second, third] = [counted('a', 'v\n1\n'), counted('b', 'v\n2\n'), counted('c', 'v\n3\n')];
  await using session = await engine.open([first], never);
  for (const table of [second, third, first, second]) {
    await (await engine.open([table], never))[Symbol.asyncDispose]();
  }
  expect(await session.query('SELECT v FROM a')).toMatchObject({ rows: [['1']] });
  expect([first.reads(), second.reads()]).toEqual([1, 2]);
});

it('leaves nothing of a table that could not be read, and begins with an empty folder', async () => {
  const path = folder.file('cleaned');
  {
    await using engine = await openDuckDbEngine({ folder: path, fewBytes: 0 });
    await expect(engine.open([tableOf('t', { format: 'json', content: '[{"a":1},' })], never)).rejects.toMatchObject({
      code: 'table_broken',
    });
    expect(await readdir(path)).toEqual([]);
    await (await engine.open([tableOf('t', { format: 'json', content: '[{"a":1}]' })], never))[Symbol.asyncDispose]();
    expect(await readdir(path)).toHaveLength(1);
  }
  await writeFile(`${path}/old.db`, 'x');
  await using engine = await openDuckDbEngine({ folder: path });
  expect([await readdir(path), engine.traits.engine]).toEqual([[], expect.stringMatching(/^DuckDB \d+\.\d+\.\d+$/)]);
});

it('reads a small table in the process that asks about it, and keeps nothing of it', async () => {
  const path = folder.file('small-tables');
  await using engine = await openDuckDbEngine({ folder: path });
  const [plain, inLatin1] = [
    tableOf('a', { format: 'csv', content: 'v;x\n1,5;é\n' }),
    tableOf('b', { format: 'csv', content: Buffer.from('v;x\n1,5;é\n', 'latin1') }),
  ];
  for (const round of [1, 2]) {
    await using session = await engine.open([plain], never);
    expect(await session.query('SELECT v, x FROM a'), `round ${round}`).toMatchObject({ rows: [['1.5', 'é']] });
    for (const sql of ['INSERT INTO table_0.main.data SELECT * FROM a', 'DROP TABLE table_0.main.data']) {
      await expect(session.query(sql), sql).rejects.toMatchObject({ code: 'sql_failed' });
    }
  }
  await expect(engine.open([tableOf('c', { format: 'json', content: '[{"a":1},' })], never)).rejects.toMatchObject({
    code: 'table_broken',
    detail: expect.stringContaining('Table "c", row 2'),
  });
  expect([await readdir(path), startedWith('ingest-child.js')]).toEqual([[], []]);
  // What must be written anew to be read has a database.
  await using session = await engine.open([plain, inLatin1], never);
  expect(await session.query('SELECT a.x FROM a JOIN b USING (v, x)')).toMatchObject({ rows: [['é']] });
});

it('asks a small table again after a query that took its process along', async () => {
  await using engine = await open({ untrustedSeconds: 0.5 });
  const content = `n\n${Array.from({ length: 500 }, (_, n) => n).join('\n')}\n`;
  await using session = await engine.open([tableOf('t', { format: 'csv', content })], never);
  await expect(session.queryUntrusted(endless)).rejects.toMatchObject({ code: 'timeout' });
  expect(await session.query('SELECT count(*) FROM t')).toMatchObject({ rows: [['500']] });
});

it('lets so many sessions wait, and refuses more', async () => {
  await using engine = await open({ processes: 1, mostWaiting: 1 });
  const table = tableOf('t', { format: 'csv', content: 'v\n1\n' });
  const session = await engine.open([table], never);
  const waiting = engine.open([table], never);
  await expect(engine.open([table], never)).rejects.toMatchObject({ code: 'overloaded' });
  await session[Symbol.asyncDispose]();
  await using next = await waiting;
  expect(await next.query('SELECT v FROM t')).toMatchObject({ rows: [['1']] });
});

it('refuses a table that is too large while it comes', async () => {
  await using engine = await open();
  const table = tableOf('t', { format: 'csv', content: '' });
  const piece = Buffer.alloc(16 * 1024 * 1024, 'v\n');
  let pieces = 0;
  const endlessTable: TableSource = {
    ...table,
    async *content() {
      for (;;) {
        pieces += 1;
        yield piece;
      }
    },
  };
  await expect(engine.open([endlessTable], never)).rejects.toMatchObject({ code: 'table_too_large' });
  expect(pieces).toBeLessThan(20);
});

it('gives each session a process of its own, which ends with it', async () => {
  await using engine = await open({ idleSeconds: 0.2 });
  const table = tableOf('t', { format: 'csv', content: 'v\n1\n' });
  await using first = await engine.open([table], never);
  const [ofFirst] = startedWith('query-child.js');
  await first[Symbol.asyncDispose]();
  expect(startedWith('query-child.js')).not.toContain(ofFirst);
  await using second = await engine.open([table], never);
  expect(await second.query('SELECT v FROM t')).toMatchObject({ rows: [['1']] });
  await second[Symbol.asyncDispose]();
  await eventually(async () => expect(startedWith('data-engine')).toEqual([]));
});
