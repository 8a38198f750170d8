import type { Problem } from '@billumy/protocol';
import { expect, it } from 'vitest';
import type { DataEngine } from '../../src/ports/data-engine.ts';
import { openInsightApp, type InsightApp } from '../support/insight-app.ts';

interface ReadTable {
  rows: number;
  columns: { role: string }[];
}

const columns = 1_000;
const header = Array.from({ length: columns }, (_, column) => `coluna ${column}`);
const kinds: readonly ((row: number) => string)[] = [
  (row) => `2024-${String((row % 12) + 1).padStart(2, '0')}-01`,
  (row) => ['Sul', 'Norte'][row % 2]!,
  (row) => `${row * 3},5`,
  (row) => `texto ${row % 5}`,
];
/** Behind the first columns there is text alone, which is read soonest. */
const kindOf = (column: number) => kinds[column < 40 ? column % kinds.length : 3]!;
const rows = Array.from({ length: 48 }, (_, row) => header.map((_name, column) => kindOf(column)(row)));
const table = `${[header, ...rows].map((cells) => cells.join(';')).join('\n')}\n`;

const send = (service: InsightApp, timeoutMs: number): ReturnType<InsightApp['call']> =>
  service.call('POST', `/insights?timeout_ms=${timeoutMs}`, { raw: { type: 'text/csv', content: table } });

it(
  'a table of 1,000 columns is read, and every column is profiled or said to be left out',
  { timeout: 120_000 },
  async () => {
    await using service = await openInsightApp();
    const reply = await send(service, 120_000);
    expect(reply.statusCode, reply.body).toBe(200);
    const { dataset } = reply.json<{ dataset: { tables: ReadTable[]; warnings: { code: string; count: number }[] } }>();
    const [read] = dataset.tables;
    expect(read).toMatchObject({ rows: rows.length });
    expect(read?.columns.slice(0, 3).map(({ role }) => role)).toEqual(['time', 'dimension', 'measure']);
    // On a machine that is too busy for all of them, the others are told of.
    const leftOut = dataset.warnings.find(({ code }) => code === 'columns_left_out')?.count ?? 0;
    expect(read!.columns.length + leftOut).toBe(columns);
  },
);

it('a table that takes too long to be read is refused while there is time to say so', async () => {
  const dataEngine: DataEngine = {
    traits: { engine: 'DuckDB 0' },
    open: (_tables, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  await using service = await openInsightApp({ change: { dataEngine } });
  const reply = await send(service, 500);
  const { code, detail } = reply.json<Problem>();
  expect([reply.statusCode, code]).toEqual([504, 'timeout']);
  expect(detail).toContain('send fewer columns or rows');
});
