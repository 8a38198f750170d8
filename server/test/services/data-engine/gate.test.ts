import { readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDbEngine } from '../../../src/services/data-engine/duckdb-engine.ts';
import type { DataSession, TableSource } from '../../../src/ports/data-engine.ts';
import { closeDataEngine, openTables, tableOf } from '../../support/data-session.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { greedySql, hostileSql } from './hostile-sql.ts';
import { honestSql } from './honest-sql.ts';
import { residentMegabytes, startedWith } from '../../support/child-processes.ts';

afterAll(closeDataEngine);

const memoryMegabytes = 2048;

const ordinaryTypes = [
  'DECIMAL(18, 4)',
  'DECIMAL',
  'NUMERIC(10)',
  'VARCHAR(20)',
  'TEXT',
  'INT',
  'SMALLINT',
  'BIGINT',
  'HUGEINT',
  'DOUBLE',
  'REAL',
  'BOOLEAN',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'INTERVAL',
];
/** With the names that they are refused under. */
const strangeTypes = {
  'INTEGER[]': 'LIST',
  'INTEGER[3]': 'ARRAY',
  'STRUCT(a INTEGER)': 'STRUCT',
  'MAP(VARCHAR, INTEGER)': 'MAP',
  'UNION(a INTEGER)': 'UNION',
  "ENUM('Sul', 'Norte')": 'ENUM',
  JSON: 'JSON',
  BLOB: 'BLOB',
  BIT: 'BIT',
  UUID: 'UUID',
  TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
  vendas: 'vendas',
};

const secret = 'the-marker-file-was-read';
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let session: DataSession;

const sessionMs = 600_000;
const tables: readonly TableSource[] = [
  tableOf('vendas', { format: 'csv', content: 'regiao,valor,dia\nSul,10.50,2024-01-02\nNorte,2.25,2024-02-03\n' }),
  tableOf('large', { format: 'json', content: JSON.stringify(Array.from({ length: 3_000 }, (_, n) => ({ n }))) }),
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(folder.file('marker.csv'), `content\n${secret}\n`);
  session = await openTables(tables, sessionMs);
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** The code that a statement of a stranger is refused with, or what it gave. */
async function outcomeOf(sql: string, asked = session): Promise<string> {
  return asked.queryUntrusted(sql).then(
    (result) => `gave ${JSON.stringify(result)}`,
    (error: { code: string }) => error.code,
  );
}

describe('statements of strangers', () => {
  it('are refused when they are hostile, and read and write no file', async () => {
    const statements = hostileSql({ marker: folder.file('marker.csv'), written: folder.file('written') });
    const outcomes: [string, string][] = [];
    for (const sql of statements) outcomes.push([sql.slice(0, 200), await outcomeOf(sql)]);
    expect(outcomes.filter(([, outcome]) => outcome !== 'sql_denied' && outcome !== 'sql_failed')).toEqual([]);
    expect(await readdir(folder.path)).toEqual(['marker.csv']);
    expect(await session.query('SELECT sum(valor) FROM vendas')).toMatchObject({ rows: [['12.75']] });
  });

  it('end when they take too much, and the session goes on', async () => {
    await using own = await temporaryFolder();
    await using engine = await openDuckDbEngine({ folder: own.path, untrustedSeconds: 2 });
    await using limited = await engine.open(tables, { signal: new AbortController().signal, deadlineMs: sessionMs });
    const peak = watchChildren('query-child.js');
    for (const sql of greedySql) {
      expect(await outcomeOf(sql, limited), sql.slice(0, 100)).toMatch(/^(?:timeout|sql_failed)$/);
      expect(await limited.query('SELECT count(*) FROM vendas')).toMatchObject({ rows: [['2']] });
    }
    expect(peak.stop()).toBeLessThanOrEqual(memoryMegabytes);
  });

  it('give no more than so many rows and bytes', async () => {
    const rows = await session.queryUntrusted('SELECT n FROM large');
    expect([rows.rows.length, rows.truncated]).toEqual([1_000, true]);
    const whole = await session.queryUntrusted('SELECT n FROM large LIMIT 1000');
    expect([whole.rows.length, whole.truncated]).toEqual([1_000, false]);
    const doubled =
      "replace(replace(replace(replace('aaaaaaaa', 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa')";
    const bytes = await session.queryUntrusted(`SELECT ${doubled} FROM large LIMIT 2000`);
    expect(bytes.truncated).toBe(true);
    expect(JSON.stringify(bytes.rows).length).toBeLessThanOrEqual(1024 * 1024 + 2);
  });

  it('are told what to change', async () => {
    const detailOf = (sql: string) =>
      session.queryUntrusted(sql).then(String, (error: { detail: string }) => error.detail);
    expect(await detailOf('SELECT * FROM outra')).toBe('There is no table "outra" here; there are vendas, large.');
    expect(await detailOf("SELECT repeat('x', 3) FROM vendas")).toBe('The function "repeat" is not allowed.');
    expect(await detailOf('SELECT 1; SELECT 2')).toBe('It is more than one statement.');
    expect(await detailOf('SELECT valorr FROM vendas')).toContain('Candidate bindings: "valor"');
    expect(await detailOf('SELEC 1')).toContain('syntax error');
  });

  for (const type of ordinaryTypes) {
    it(`may make ${type} of a value`, async () => {
      expect(await outcomeOf(`SELECT TRY_CAST(CAST(valor AS VARCHAR) AS ${type}) FROM vendas`)).toMatch(/^gave/);
    });
  }

  for (const [type, name] of Object.entries(strangeTypes)) {
    it(`may not make ${type} of a value`, async () => {
      await expect(session.queryUntrusted(`SELECT TRY_CAST(regiao AS ${type}) FROM vendas`)).rejects.toMatchObject({
        code: 'sql_denied',
        detail: `The type "${name}" is not allowed.`,
      });
    });
  }

  it('may not hide a strange type', async () => {
    for (const sql of [
      'SELECT CAST(CAST(regiao AS BLOB) AS VARCHAR) FROM vendas',
      "SELECT count(*) FROM vendas WHERE TIMESTAMPTZ '2024-01-01' > dia",
      'WITH a AS (SELECT regiao::VARCHAR[] AS l FROM vendas) SELECT count(*) FROM a',
      'SELECT regiao FROM vendas ORDER BY [regiao]::VARCHAR[]',
    ]) {
      expect(await outcomeOf(sql), sql).toBe('sql_denied');
    }
  });

  for (const sql of honestSql) {
    it(`are run when they only read: ${sql}`, async () => {
      expect((await session.queryUntrusted(sql)).columns.length).toBeGreaterThan(0);
    });
  }
});

/** The most resident memory of children that run a program, in MiB, until it is stopped. */
function watchChildren(program: string): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    for (const pid of startedWith(program)) peak = Math.max(peak, residentMegabytes(pid));
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}
