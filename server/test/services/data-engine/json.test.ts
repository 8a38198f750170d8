import { afterAll, describe, expect, it } from 'vitest';
import type { TableFormat } from '../../../src/models/table.ts';
import { closeDataEngine, openTables, tableOf } from '../../support/data-session.ts';

afterAll(closeDataEngine);

async function read(content: string | Uint8Array, format: TableFormat = 'json'): Promise<unknown> {
  await using session = await openTables([tableOf('t', { format, content })]);
  const [table] = session.tables;
  const { rows } = await session.query('SELECT * FROM t');
  return {
    columns: table!.columns.map(({ name, type }) => `${name} ${type}`),
    rows,
    warnings: table!.warnings.map(({ code, column, count }) => [code, column, count]),
  };
}

describe('JSON', () => {
  it('loses no digit of a number', async () => {
    expect(
      await read('[{"a": 12345678901234567890.12, "b": 9007199254740993, "c": 0.1, "d": 1.5e3, "e": 2E-3, "f": -0.0}]'),
    ).toEqual({
      columns: ['a DECIMAL(38,2)', 'b BIGINT', 'c DECIMAL(18,1)', 'd BIGINT', 'e DECIMAL(18,3)', 'f DECIMAL(18,1)'],
      rows: [['12345678901234567890.12', '9007199254740993', '0.1', '1500', '0.002', '0.0']],
      warnings: [],
    });
  });

  it('has the columns of all rows, in the order in which they come', async () => {
    expect(await read('[{"b": 1}, {"a": "x"}, {"b": 2, "c d": true}, {}]')).toEqual({
      columns: ['b BIGINT', 'a VARCHAR', 'c d BOOLEAN'],
      rows: [
        ['1', null, null],
        [null, 'x', null],
        ['2', null, true],
        [null, null, null],
      ],
      warnings: [],
    });
  });

  it('keeps texts of digits as texts, and reads decimals and dates in texts', async () => {
    expect(await read('[{"id": "12345678901", "cep": "01310", "preco": "12.50", "dia": "2024-01-31"}]')).toEqual({
      columns: ['id VARCHAR', 'cep VARCHAR', 'preco DECIMAL(18,2)', 'dia DATE'],
      rows: [['12345678901', '01310', '12.50', '2024-01-31']],
      warnings: [],
    });
  });

  it('gives text for what has several types, and for what is nested', async () => {
    expect(await read('[{"a": 1, "b": [1, {"c": "x"}]}, {"a": "dois"}, {"a": 3}]')).toEqual({
      columns: ['a VARCHAR', 'b VARCHAR'],
      rows: [
        ['1', '[1, {"c": "x"}]'],
        ['dois', null],
        ['3', null],
      ],
      warnings: [['mixed_types', 'a', 1]],
    });
  });

  it('gives null for numbers that are none', async () => {
    expect(await read('[{"a": NaN}, {"a": -Infinity}, {"a": 1.5}, {"a": null}]')).toEqual({
      columns: ['a DECIMAL(18,1)'],
      rows: [[null], [null], ['1.5'], [null]],
      warnings: [['non_finite', 'a', 2]],
    });
  });

  it('reads escapes, marks and every character', async () => {
    expect(await read('\uFEFF[{"a\\u00e7\\"": "x\\n\\ud83d\\ude00 \\u0000 ç"}]')).toMatchObject({
      columns: ['aç" VARCHAR'],
      rows: [['x\n😀 \uFFFD ç']],
    });
  });

  it('reads many rows of many columns', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => ({ n, [`c${n % 300}`]: n }));
    await using session = await openTables([tableOf('t', { format: 'json', content: JSON.stringify(rows) })]);
    expect(session.tables[0]).toMatchObject({ rows: 5_000, columns: { length: 301 } });
    expect(await session.query('SELECT sum(n), sum(c7), count(c299) FROM t')).toMatchObject({
      rows: [[String((4_999 * 5_000) / 2), String(17 * 7 + (300 * 16 * 17) / 2), '16']],
    });
  });

  it('keeps rows that come before the first column', async () => {
    const rows = [...Array.from({ length: 3_000 }, () => ({})), { a: 1 }];
    await using session = await openTables([tableOf('t', { format: 'json', content: JSON.stringify(rows) })]);
    expect(await session.query('SELECT count(*), count(a) FROM t')).toMatchObject({ rows: [['3001', '1']] });
  });

  for (const { what, content, detail, code = 'table_broken' } of [
    { what: 'nothing', content: '', detail: /row 1: There should be "\[", but there is the end/ },
    { what: 'no rows', content: '[]', detail: /no columns/ },
    { what: 'an object', content: '{"a": 1}', detail: /There should be "\["/ },
    { what: 'a row that is no object', content: '[{"a": 1}, 2]', detail: /row 2: A row must be an object/ },
    {
      what: 'a row that is cut off',
      content: '[{"a": 1}, {"a": ',
      detail: /row 2, column "a": There should be a value/,
    },
    { what: 'a text that is not closed', content: '[{"a": "x}]', detail: /row 1, column "a": A text is not closed/ },
    { what: 'a wrong word', content: '[{"a": 1}, {"b": tru}]', detail: /row 2, column "b": .* "tru}]"/ },
    { what: 'a wrong number', content: '[{"a": 01}]', detail: /row 1, column "a"/ },
    { what: 'a wrong escape', content: String.raw`[{"a": "\x"}]`, detail: /row 1, column "a": .*escape/ },
    { what: 'a comma too many', content: '[{"a": 1},]', detail: /row 2/ },
    { what: 'something behind it', content: '[{"a": 1}] x', detail: /follows/ },
    { what: 'values that are too deep', content: `[{"a": ${'['.repeat(5_000)}`, detail: /nested/ },
    { what: 'bytes that are no text', content: Buffer.from([0x5b, 0xff, 0x5d]), detail: /UTF-8/ },
    {
      what: '1,001 columns',
      content: JSON.stringify([Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [n, n]))]),
      detail: /1000 columns/,
      code: 'table_too_large',
    },
    {
      what: 'a row of more than 1 MiB',
      content: JSON.stringify([{ a: 'x'.repeat(1024 * 1024) }]),
      detail: /1 MiB/,
      code: 'table_too_large',
    },
  ]) {
    it(`with ${what} is refused`, async () => {
      await expect(read(content)).rejects.toMatchObject({ code, detail: expect.stringMatching(detail) });
    });
  }
});

describe('NDJSON', () => {
  it('has an object in each line', async () => {
    expect(await read('{"a": 1}\r\n\n{"a": 2, "b": "x"}\n', 'ndjson')).toMatchObject({
      columns: ['a BIGINT', 'b VARCHAR'],
      rows: [
        ['1', null],
        ['2', 'x'],
      ],
    });
  });

  it('is refused with the row that is wrong', async () => {
    await expect(read('{"a": 1}\n{"a": 2\n{"a": 3}', 'ndjson')).rejects.toMatchObject({
      code: 'table_broken',
      detail: expect.stringMatching(/row 2: There should be "}"/),
    });
  });
});
