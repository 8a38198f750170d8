import { afterAll, expect, it } from 'vitest';
import { closeDataEngine, openRows } from '../../support/data-session.ts';

afterAll(closeDataEngine);

it('gives exact numbers, dates and times as text, and inexact numbers as numbers', async () => {
  await using session = await openRows('t', [
    { n: 1, d: 1.5, day: '2024-01-02', at: '2024-01-02T03:04:05', ok: true, x: 'a' },
  ]);
  expect(await session.query('SELECT *, n / 3, CAST(n AS INTEGER), sum(d) OVER () FROM t')).toMatchObject({
    columns: [
      { name: 'n', type: 'BIGINT' },
      { name: 'd', type: 'DECIMAL(18,1)' },
      { name: 'day', type: 'DATE' },
      { name: 'at', type: 'TIMESTAMP' },
      { name: 'ok', type: 'BOOLEAN' },
      { name: 'x', type: 'VARCHAR' },
      { type: 'DOUBLE' },
      { type: 'INTEGER' },
      { type: 'DECIMAL(38,1)' },
    ],
    rows: [['1', '1.5', '2024-01-02', '2024-01-02 03:04:05', true, 'a', 1 / 3, '1', '1.5']],
    truncated: false,
  });
});

it('gives null for what is no finite number', async () => {
  await using session = await openRows('t', [{ n: 0 }]);
  expect(await session.query('SELECT 1 / n, n / n, -1 / n FROM t')).toMatchObject({ rows: [[null, null, null]] });
});
