import { expect, it } from 'vitest';
import { openCsv, openRows } from '../../support/data-session.ts';

it('answers a query over rows', async () => {
  await using session = await openRows('vendas', [
    { regiao: 'Sul', valor: 10.5, n: 1, dia: '2024-01-02' },
    { regiao: 'Norte', valor: 2.25, n: 2, dia: '2024-01-03' },
  ]);
  expect(session.tables[0]).toMatchObject({
    rows: 2,
    columns: [
      { name: 'dia', type: 'DATE' },
      { name: 'n', type: 'BIGINT' },
      { name: 'regiao', type: 'VARCHAR' },
      { name: 'valor', type: 'DECIMAL(18,2)' },
    ],
  });
  expect(await session.query('SELECT sum(valor), sum(n) FROM vendas')).toMatchObject({ rows: [['12.75', '3']] });
});

it('answers a query over CSV', async () => {
  await using session = await openCsv('vendas', 'regiao,valor\nSul,10.5\nNorte,2.25\n');
  expect(await session.query('SELECT sum(valor) FROM vendas')).toMatchObject({ rows: [['12.75']] });
});
