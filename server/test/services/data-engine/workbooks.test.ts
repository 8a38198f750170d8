import { DuckDBInstance } from '@duckdb/node-api';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { TableFormat } from '../../../src/models/table.ts';
import { closeDataEngine, openTables, tableOf } from '../../support/data-session.ts';
import { makeXlsx } from '../../support/files/make-office.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

afterAll(closeDataEngine);

async function read(content: Uint8Array, format: TableFormat): Promise<unknown> {
  await using session = await openTables([tableOf('t', { format, content })]);
  const [table] = session.tables;
  const { rows } = await session.query('SELECT * FROM t');
  return {
    columns: table!.columns.map(({ name, type }) => `${name} ${type}`),
    rows,
    warnings: table!.warnings.map(({ code, column, count }) => [code, column, count]),
  };
}

describe('XLSX', () => {
  it('is read from its first sheet, without empty rows and columns', async () => {
    const bytes = makeXlsx({
      Vendas: [
        [null, null, null, null],
        ['Cidade', 'Receita', null, 'Receita'],
        ['Manaus', 0.1 + 0.2, null, 'R$ 1,50'],
        [null, null, null, null],
        ['Recife', 1e15, null, 'R$ 2.000,00'],
      ],
      Outra: [['x'], [1]],
    });
    expect(await read(bytes, 'xlsx')).toEqual({
      columns: ['Cidade VARCHAR', 'Receita DECIMAL(18,1)', 'Receita_2 DECIMAL(18,2)'],
      rows: [
        ['Manaus', '0.3', '1.50'],
        ['Recife', '1000000000000000.0', '2000.00'],
      ],
      warnings: [['renamed_column', 'Receita_2', null]],
    });
  });

  it('is refused when it is empty, and when it is none', async () => {
    await expect(read(makeXlsx({ Vendas: [] }), 'xlsx')).rejects.toMatchObject({ code: 'table_broken' });
    await expect(read(Buffer.from('not a zip'), 'xlsx')).rejects.toMatchObject({ code: 'table_broken' });
  });
});

describe('Parquet', () => {
  async function parquetOf(select: string): Promise<Uint8Array> {
    await using folder = await temporaryFolder();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${folder.file('t.parquet')}' (FORMAT parquet)`);
    instance.closeSync();
    return readFile(folder.file('t.parquet'));
  }

  it('keeps its types, as far as results are exact in them', async () => {
    const bytes = await parquetOf(`SELECT 1::TINYINT AS a, 12.50::DECIMAL(9,2) AS b, 0.1::DOUBLE AS c, true AS d,
      DATE '2024-01-31' AS e, TIMESTAMPTZ '2024-01-31 12:00:00-03' AS f, ' x ' AS g, [1, 2] AS h,
      18446744073709551615::UBIGINT AS i, TIMESTAMP_MS '2024-01-31 12:00:00' AS j`);
    expect(await read(bytes, 'parquet')).toEqual({
      columns: [
        'a BIGINT',
        'b DECIMAL(9,2)',
        'c DECIMAL(18,1)',
        'd BOOLEAN',
        'e DATE',
        'f TIMESTAMP',
        'g VARCHAR',
        'h VARCHAR',
        'i DECIMAL(38,0)',
        'j TIMESTAMP',
      ],
      rows: [
        [
          '1',
          '12.50',
          '0.1',
          true,
          '2024-01-31',
          '2024-01-31 15:00:00',
          'x',
          '[1, 2]',
          '18446744073709551615',
          '2024-01-31 12:00:00',
        ],
      ],
      warnings: [],
    });
  });

  it('is refused when it is none, and when a byte of it is wrong', async () => {
    await expect(read(Buffer.from('PAR1 and nothing else PAR1'), 'parquet')).rejects.toMatchObject({
      code: 'table_broken',
    });
    const cut = (await parquetOf('SELECT 1 AS a')).subarray(0, -20);
    await expect(read(cut, 'parquet')).rejects.toMatchObject({ code: 'table_broken' });
  });
});
