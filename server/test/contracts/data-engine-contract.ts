import { expect } from 'vitest';
import type { DataEngine, TableSource } from '../../src/ports/data-engine.ts';
import { tableOf } from '../support/data-session.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { makeXlsx } from '../support/files/make-office.ts';

export interface DataEngineHarness {
  open(): Promise<DataEngine>;
  /** A query of this service that takes longer than any test, over a table `t` with a column `n`. */
  endless: string;
  deviations?: readonly Deviation[];
}

const rows = [
  { regiao: 'Sul', valor: 10.5, dia: '2024-01-31' },
  { regiao: 'Norte', valor: 2, dia: '2024-02-29' },
];
const tables: readonly TableSource[] = [
  tableOf('json', { format: 'json', content: JSON.stringify(rows) }),
  tableOf('ndjson', { format: 'ndjson', content: rows.map((row) => JSON.stringify(row)).join('\n') }),
  tableOf('csv', { format: 'csv', content: 'regiao;valor;dia\nSul;10,5;31/01/2024\nNorte;2,0;29/02/2024\n' }),
  tableOf('xlsx', {
    format: 'xlsx',
    content: makeXlsx({
      Vendas: [
        ['regiao', 'valor', 'dia'],
        ['Sul', 10.5, new Date(Date.UTC(2024, 0, 31))],
        ['Norte', 2, new Date(Date.UTC(2024, 1, 29))],
      ],
    }),
  }),
];
const numbers = tableOf('t', {
  format: 'json',
  content: JSON.stringify(Array.from({ length: 20_000 }, (_, n) => ({ n }))),
});

const never = { signal: new AbortController().signal, deadlineMs: 60_000 };

export const dataEngineContract = defineContract<DataEngineHarness>('data engine', (contract, { open, endless }) => {
  for (const table of tables) {
    contract(`reads ${table.name} into typed columns`, async () => {
      await using engine = await open();
      await using session = await engine.open([table], never);
      expect(session.tables).toEqual([
        {
          name: table.name,
          rows: 2,
          columns: [
            { name: 'regiao', type: 'VARCHAR' },
            { name: 'valor', type: 'DECIMAL(18,1)' },
            { name: 'dia', type: 'DATE' },
          ],
          warnings: [],
        },
      ]);
      expect(await session.query(`SELECT regiao, valor, dia FROM ${table.name} ORDER BY valor`)).toMatchObject({
        rows: [
          ['Norte', '2.0', '2024-02-29'],
          ['Sul', '10.5', '2024-01-31'],
        ],
      });
    });
  }

  contract('joins the tables of a session, and has none of another', async () => {
    await using engine = await open();
    await using first = await engine.open(tables.slice(0, 2), never);
    await using second = await engine.open(tables.slice(2, 3), never);
    const joined = 'SELECT sum(a.valor) FROM json a JOIN ndjson b USING (regiao)';
    expect(await first.query(joined)).toMatchObject({ rows: [['12.5']] });
    expect(await first.queryUntrusted(joined)).toMatchObject({ rows: [['12.5']] });
    await expect(second.query(joined)).rejects.toMatchObject({ code: 'sql_failed' });
    await expect(second.queryUntrusted(joined)).rejects.toMatchObject({ code: 'sql_denied' });
  });

  contract('gives every result in the order asked for, and says when it is not the whole', async () => {
    await using engine = await open();
    await using session = await engine.open([numbers], never);
    const part = await session.query('SELECT n FROM t ORDER BY n DESC');
    expect([part.rows[0], part.rows.length, part.truncated]).toEqual([['19999'], 5_000, true]);
    const whole = await session.query('SELECT n FROM t ORDER BY n LIMIT 5000');
    expect([whole.rows[4_999], whole.rows.length, whole.truncated]).toEqual([['4999'], 5_000, false]);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => session.query(`SELECT ${n} FROM t LIMIT 1`)),
    );
    expect(results.map((result) => result.rows[0])).toEqual(Array.from({ length: 20 }, (_, n) => [String(n)]));
  });

  contract('goes on after a statement that cannot be run, and after one that is not allowed', async () => {
    await using engine = await open();
    await using session = await engine.open([numbers], never);
    await expect(session.query('SELECT nothing FROM t')).rejects.toMatchObject({ code: 'sql_failed' });
    await expect(session.queryUntrusted('SELECT nothing FROM t')).rejects.toMatchObject({ code: 'sql_failed' });
    await expect(session.queryUntrusted('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: 'sql_denied' });
    await expect(session.queryUntrusted(endless)).rejects.toMatchObject({ code: 'timeout' });
    expect(await session.query('SELECT count(*) FROM t')).toMatchObject({ rows: [['20000']] });
  });

  contract('can change nothing, whoever wrote the statement', async () => {
    await using engine = await open();
    await using session = await engine.open([numbers], never);
    for (const sql of ['DROP VIEW t', 'CREATE TABLE x AS SELECT 1', 'SET threads = 8', "COPY t TO 'x.csv'"]) {
      await expect(session.query(sql), sql).rejects.toMatchObject({ code: 'sql_failed' });
    }
    expect(await session.query('SELECT count(*) FROM t')).toMatchObject({ rows: [['20000']] });
  });

  contract('ends a session at its deadline, and the next one works', async () => {
    await using engine = await open();
    await using session = await engine.open([numbers], { ...never, deadlineMs: 10_000 });
    const running = session.query(endless);
    const waiting = session.query('SELECT 1');
    await expect(running).rejects.toMatchObject({ code: 'timeout' });
    await expect(waiting).rejects.toMatchObject({ code: 'timeout' });
    await expect(session.query('SELECT 1')).rejects.toMatchObject({ code: 'timeout' });
    await using next = await engine.open([numbers], never);
    expect(await next.query('SELECT count(*) FROM t')).toMatchObject({ rows: [['20000']] });
  });

  contract('ends a session when its signal is aborted, also before it is open', async () => {
    await using engine = await open();
    const reason = new Error('the client left');
    const controller = new AbortController();
    const options = { ...never, signal: controller.signal };
    await using session = await engine.open([numbers], options);
    const running = session.query(endless);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(engine.open([numbers], options)).rejects.toBe(reason);
  });

  contract('rejects with what the content of a table fails with, and with what is wrong with it', async () => {
    await using engine = await open();
    const failing: TableSource = {
      ...numbers,
      digest: 'sha256:failing',
      // oxlint-disable-next-line require-yield -- it fails before the first piece
      async *content() {
        throw new Error('the disk is gone');
      },
    };
    await expect(engine.open([failing], never)).rejects.toMatchObject({ message: 'the disk is gone' });
    const broken = tableOf('vendas', { format: 'csv', content: 'a,b\n1,2\n3\n' });
    await expect(engine.open([numbers, broken], never)).rejects.toMatchObject({
      code: 'table_broken',
      detail: 'Table "vendas", row 3, column "b": The row has fewer cells than the header.',
    });
  });

  contract('rejects what runs when it closes, and opens nothing afterwards', async () => {
    const engine = await open();
    const session = await engine.open([numbers], never);
    const running = session.query(endless);
    const [refused] = await Promise.allSettled([running, engine[Symbol.asyncDispose]()]);
    await session[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'shutting_down' } });
    await expect(engine.open([numbers], never)).rejects.toMatchObject({ code: 'shutting_down' });
  });
});
