import { afterAll, expect, it } from 'vitest';
import { closeDataEngine, openCsv, openRows, openTables, tableOf } from '../../support/data-session.ts';

afterAll(closeDataEngine);

/** Ways of writing cells, and what a column of them is read as. */
const kinds: readonly { write(row: number): string; type: string }[] = [
  { write: (row) => `1.${row + 100},56`, type: 'DECIMAL(18,2)' },
  { write: (row) => `texto ${row}`, type: 'VARCHAR' },
  { write: (row) => `${(row % 28) + 1}/12/2024`, type: 'DATE' },
  { write: (row) => `${row}`, type: 'BIGINT' },
  { write: (row) => `R$ ${row},50`, type: 'DECIMAL(18,2)' },
  { write: (row) => `${row}%`, type: 'BIGINT' },
  { write: (row) => String(row % 2 === 0), type: 'BOOLEAN' },
  { write: (row) => `2024-01-02 03:04:${row + 10}`, type: 'TIMESTAMP' },
];
const kindOf = (column: number) => kinds[column % kinds.length]!;

function wideCsv(columns: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => kindOf(column).write(row)).join(';'),
  );
  const header = Array.from({ length: columns }, (_, column) => `coluna ${column}`).join(';');
  return `${[header, ...lines].join('\n')}\n`;
}

for (const [columns, rows] of [
  [300, 3],
  [1_000, 3],
  [1_000, 50],
] as const) {
  it(`a CSV file of ${columns} columns and ${rows} rows is read and asked`, { timeout: 120_000 }, async () => {
    await using session = await openTables([tableOf('t', { format: 'csv', content: wideCsv(columns, rows) })], 110_000);
    expect(session.tables[0]!.columns.map(({ type }) => type)).toEqual(
      Array.from({ length: columns }, (_, column) => kindOf(column).type),
    );
    expect(await session.query('SELECT count(*), max("coluna 0"), max("coluna 291") FROM t')).toMatchObject({
      rows: [[String(rows), `1${rows + 99}.56`, String(rows - 1)]],
    });
    expect((await session.query('SELECT * FROM t')).rows).toHaveLength(rows);
  });
}

it('rows of JSON with 1,000 members are read and asked', { timeout: 120_000 }, async () => {
  const members = Array.from({ length: 1_000 }, (_, column) => `m${column}`);
  const rows = Array.from({ length: 50 }, (_, row) =>
    Object.fromEntries(members.map((name, column) => [name, column % 2 === 0 ? row : kindOf(column).write(row)])),
  );
  await using session = await openRows('t', rows);
  expect(await session.query('SELECT count(*), sum(m0), min(m1) FROM t')).toMatchObject({
    rows: [['50', '1225', 'texto 0']],
  });
});

it('more columns than that are refused before they are read', async () => {
  const refused = { code: 'table_too_large', detail: expect.stringContaining('more than 1000 columns') };
  await expect(openCsv('t', wideCsv(10_000, 3))).rejects.toMatchObject(refused);
  const row = Object.fromEntries(Array.from({ length: 10_000 }, (_, column) => [`m${column}`, column]));
  await expect(openRows('t', [row])).rejects.toMatchObject(refused);
});
