import { datasetPageSchema, datasetSchema } from '@billumy/protocol';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file } from '../support/document-app.ts';
import { openInsightApp, type InsightApp, type InsightCall } from '../support/insight-app.ts';

let service: InsightApp;
let time = new Date('2026-11-30T12:00:00Z');
beforeAll(async () => {
  service = await openInsightApp({ now: () => time, change: { maxTableBytes: 100_000 } });
});
afterAll(() => service[Symbol.asyncDispose]());

const csv = 'regiao;receita\nSul;1,50\nNorte;2,50\n';
const sha256 = createHash('sha256').update(csv).digest('hex');
const add = (options: InsightCall, query = ''): ReturnType<InsightApp['call']> =>
  service.call('POST', `/datasets${query}`, options);

describe('POST /datasets', () => {
  it.each<[string, InsightCall, string]>([
    ['the body', { raw: { type: 'text/csv', content: csv } }, '?name=vendas'],
    ['a form', { form: [{ name: 'name', value: 'vendas' }, file(csv, 'v.csv')] }, ''],
    ['JSON', { json: { name: 'vendas', content: csv } }, ''],
  ])('keeps a table that comes as %s', async (...[, options, query]) => {
    const reply = await add(options, query);
    expect(reply.statusCode, reply.body).toBe(201);
    const dataset = datasetSchema.strict().parse(reply.json());
    expect(dataset).toMatchObject({ name: 'vendas', format: 'csv', bytes: Buffer.byteLength(csv), sha256 });
    expect(reply.headers['location']).toBe(`/datasets/${dataset.id}`);
    expect((await service.call('GET', `/datasets/${dataset.id}`)).json()).toEqual(dataset);
  });

  it.each([
    ['Parquet', Buffer.from('PAR1….PAR1'), 'parquet'],
    ['XLSX', Buffer.from('PK\u0003\u0004…', 'latin1'), 'xlsx'],
    ['JSON', Buffer.from(' \n[{"a":1}]'), 'json'],
    ['NDJSON', Buffer.from('\ufeff{"a":1}\n'), 'ndjson'],
    ['CSV', Buffer.from('a,b\n1,2\n'), 'csv'],
  ])('tells %s by its beginning', async (_name, content, format) => {
    const reply = await add({ form: [file(content, 'x')] });
    expect(reply.json()).toMatchObject({ format });
  });

  it.each<[string, InsightCall, number]>([
    ['two files', { form: [file(csv, 'a.csv'), file(csv, 'b.csv')] }, 400],
    ['no file', { form: [{ name: 'name', value: 'vendas' }] }, 400],
    ['an unknown field', { form: [{ name: 'colour', value: 'red' }, file(csv, 'a.csv')] }, 400],
    ['an empty table', { raw: { type: 'text/csv', content: '' } }, 422],
    ['a compressed body', { raw: { type: 'text/csv', content: csv }, headers: { 'content-encoding': 'gzip' } }, 415],
    ['a key without the scope', { as: 'anaAsks', json: { content: csv } }, 403],
  ])('refuses %s, and keeps nothing', async (...[, options, status]) => {
    const before = await list();
    expect((await add(options)).statusCode).toBe(status);
    expect(await list()).toEqual(before);
  });

  it.each<[string, InsightCall]>([
    ['a body', { raw: { type: 'text/csv', content: 'a;b\n'.repeat(30_000) } }],
    ['a form', { form: [file('a;b\n'.repeat(30_000), 'a.csv')] }],
  ])('refuses %s that is too large, and keeps nothing', async (...[, options]) => {
    const before = await list();
    expect((await add(options)).json()).toMatchObject({ status: 413, code: 'body_too_large' });
    expect(await list()).toEqual(before);
  });
});

describe('tables', () => {
  it('are seen and deleted by their owner only, and end', async () => {
    const { id } = (await add({ as: 'bia', json: { content: csv } })).json<{ id: string }>();
    expect((await service.call('GET', `/datasets/${id}`)).statusCode).toBe(404);
    expect((await service.call('DELETE', `/datasets/${id}`)).statusCode).toBe(404);
    expect(await list('bia')).toContain(id);
    time = new Date('2026-12-30T12:00:01Z');
    expect(await list('bia')).not.toContain(id);
    expect((await service.call('GET', `/datasets/${id}`, { as: 'bia' })).statusCode).toBe(404);
  });
});

async function list(as: 'ana' | 'bia' = 'ana'): Promise<string[]> {
  const reply = await service.call('GET', '/datasets?limit=100', { as });
  return datasetPageSchema.parse(reply.json()).items.map(({ id }) => id);
}
