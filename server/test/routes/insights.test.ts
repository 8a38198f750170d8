import { insightReportSchema, readEvents, type InsightReport } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openInsightApp, type InsightApp, type InsightCall } from '../support/insight-app.ts';

let service: InsightApp;
beforeAll(async () => {
  service = await openInsightApp();
});
afterAll(() => service[Symbol.asyncDispose]());

const rows = Array.from({ length: 30 }, (_, index) => ({
  regiao: index % 3 === 0 ? 'Norte' : 'Sul',
  receita: 100.5 + (index % 7) * 10,
}));
const csv = ['regiao;receita', ...rows.map(({ regiao, receita }) => `${regiao};${receita}`.replace('.', ','))].join(
  '\n',
);

const post = (options: InsightCall, query = ''): ReturnType<InsightApp['call']> =>
  service.call('POST', `/insights${query}`, options);
const file = (content: string | Buffer, name: string, type = 'text/csv') => ({
  name,
  fileName: `${name}.csv`,
  type,
  content,
});
const reportOf = (reply: Awaited<ReturnType<InsightApp['call']>>): InsightReport =>
  insightReportSchema.strict().parse(reply.json());

describe('POST /insights', () => {
  it.each<[string, InsightCall, string]>([
    ['rows', { json: { tables: [{ name: 'vendas', rows }] } }, ''],
    ['the text of a CSV table', { json: { tables: [{ name: 'vendas', content: csv }] } }, ''],
    [
      'NDJSON in a body',
      { raw: { type: 'application/x-ndjson', content: rows.map((row) => JSON.stringify(row)).join('\n') } },
      '?table=vendas',
    ],
    ['CSV in a body', { raw: { type: 'text/csv; charset=utf-8', content: csv } }, '?table=vendas&max_insights=3'],
    [
      'a file of a form',
      { form: [{ name: 'request', value: '{"tables":[{"name":"vendas"}]}' }, file(csv, 'vendas')] },
      '',
    ],
    ['a file that the request does not mention', { form: [file(csv, 'vendas')] }, ''],
  ])('finds the same in %s', async (...[, options, query]) => {
    const reply = await post(options, query);
    expect(reply.statusCode, reply.body).toBe(200);
    const report = reportOf(reply);
    expect(reply.headers['location']).toBe(`/insights/${report.id}`);
    expect(report).toMatchObject({ status: 'complete', language: 'pt', question: null, answer: null });
    expect(report.dataset.tables).toMatchObject([
      {
        name: 'vendas',
        rows: 30,
        columns: [
          { name: 'regiao', role: 'dimension' },
          { name: 'receita', role: 'measure' },
        ],
      },
    ]);
    expect(report.insights.map(({ type }) => type)).toContain('majority');
    const again = await service.call('GET', `/insights/${report.id}`);
    expect(reportOf(again)).toEqual(report);
  });

  it('gives the same facts and hashes for the same table, in either language', async () => {
    const [portuguese, english] = await Promise.all(
      ['pt-BR', 'en'].map(async (language) => reportOf(await post({ json: { language, tables: [{ rows }] } }))),
    );
    const computed = ({ insights, dataset }: InsightReport) => ({
      facts: insights.map(({ facts }) => facts),
      hashes: insights.flatMap(({ evidence }) => evidence.map((each) => each.result_hash)),
      fingerprint: dataset.fingerprint,
    });
    expect(computed(english!)).toEqual(computed(portuguese!));
    expect(english!.insights[0]!.headline).not.toBe(portuguese!.insights[0]!.headline);
  });

  it('has every number of a sentence from a slot', async () => {
    const { verification } = reportOf(await post({ json: { question: 'O que se destaca?', tables: [{ rows }] } }));
    expect(verification).toMatchObject({ free_numbers: 0 });
    expect(verification.from_slots).toBe(verification.numbers);
    expect(verification.numbers).toBeGreaterThan(0);
  });

  it('takes a table that was added before', async () => {
    const added = await service.call('POST', '/datasets?name=vendas', { raw: { type: 'text/csv', content: csv } });
    const { id } = added.json<{ id: string }>();
    const report = reportOf(await post({ json: { tables: [{ dataset_id: id }] } }));
    expect(report.dataset.tables).toMatchObject([{ name: 'vendas', dataset_id: id, rows: 30 }]);
    const stranger = await post({ as: 'bia', json: { tables: [{ dataset_id: id }] } });
    expect(stranger.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('tells its events as they come, the whole report last', async () => {
    const reply = await post({
      json: { question: 'O que se destaca?', tables: [{ rows }] },
      headers: { accept: 'text/event-stream' },
    });
    const events: { event: string; data: unknown }[] = [];
    for await (const { event, data } of readEvents(new Blob([reply.rawPayload]).stream())) {
      events.push({ event, data: JSON.parse(data) });
    }
    const names = events.map(({ event }) => event);
    expect([names[0], names.at(-1)]).toEqual(['profile', 'done']);
    expect(new Set(names)).toEqual(new Set(['profile', 'insight', 'answer', 'done']));
    expect(insightReportSchema.parse(events.at(-1)?.data).insights).toHaveLength(
      names.filter((name) => name === 'insight').length,
    );
  });

  it('answers at once with respond-async, and its address tells when it is done', async () => {
    const reply = await post({ json: { tables: [{ rows }] }, headers: { prefer: 'respond-async' } });
    expect([reply.statusCode, reply.headers['preference-applied']]).toEqual([202, 'respond-async']);
    const { id, status } = reportOf(reply);
    expect(status).toBe('running');
    let finished: InsightReport | undefined;
    await eventually(async () => {
      finished = reportOf(await service.call('GET', `/insights/${id}`));
      expect(finished.status).not.toBe('running');
    });
    expect(finished).toMatchObject({ id, status: 'complete' });
    expect(finished?.insights.length).toBeGreaterThan(0);
  });

  it('gives the first reply again to the same key and table', async () => {
    const call = { raw: { type: 'text/csv', content: csv }, headers: { 'idempotency-key': 'once' } };
    const first = await post(call);
    const second = await post(call);
    expect(second.json()).toEqual(first.json());
    const longer = await post({ ...call, raw: { type: 'text/csv', content: `${csv}\nNorte;1,00` } });
    expect(longer.json()).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
  });

  it.each<[string, InsightCall, number, string]>([
    ['no table', { json: { tables: [] } }, 400, 'invalid_request'],
    ['no body', {}, 400, 'invalid_request'],
    ['rows and content', { json: { tables: [{ rows, content: csv }] } }, 400, 'invalid_request'],
    ['neither rows nor content', { json: { tables: [{ name: 'vendas' }] } }, 400, 'invalid_request'],
    [
      'two tables of one name',
      {
        json: {
          tables: [
            { name: 'a', rows },
            { name: 'A', rows },
          ],
        },
      },
      400,
      'invalid_request',
    ],
    ['a name that is no name', { json: { tables: [{ name: 'a"; drop', rows }] } }, 400, 'invalid_request'],
    [
      'a column that is not there',
      { json: { tables: [{ rows, columns: [{ name: 'preço' }] }] } },
      400,
      'invalid_request',
    ],
    [
      'a file that does not come',
      { form: [{ name: 'request', value: '{"tables":[{"name":"vendas"}]}' }] },
      400,
      'invalid_request',
    ],
    [
      'a request that is no JSON',
      { form: [{ name: 'request', value: '{' }, file(csv, 'vendas')] },
      400,
      'invalid_request',
    ],
    ['fields after files', { form: [file(csv, 'vendas'), { name: 'request', value: '{}' }] }, 400, 'invalid_request'],
    ['a table of another kind', { raw: { type: 'application/pdf', content: csv } }, 415, 'unsupported_media_type'],
    ['no rows', { json: { tables: [{ rows: [] }] } }, 422, 'table_broken'],
    ['an empty file', { form: [file('', 'vendas')] }, 422, 'table_broken'],
    [
      'collections that the key does not have',
      { as: 'anaLetters', json: { tables: [{ rows }], options: { collections: ['secrets'] } } },
      403,
      'forbidden',
    ],
    [
      'an end user without the right',
      { json: { tables: [{ rows }], act_as: { user: 'x', groups: [] } } },
      403,
      'scope_missing',
    ],
    ['a key without the scope', { as: 'anaAsks', json: { tables: [{ rows }] } }, 403, 'scope_missing'],
  ])('refuses %s, and keeps nothing', async (...[, options, status, code]) => {
    const before = await datasets();
    const reply = await post(options);
    expect(reply.json()).toMatchObject({ status, code });
    expect(await datasets()).toEqual(before);
  });
});

describe('reports', () => {
  it('are verified in a fresh session, and tell when their table is gone', async () => {
    const report = reportOf(await post({ json: { tables: [{ rows }] } }));
    const verified = await service.call('POST', `/insights/${report.id}/verify`);
    expect(verified.json()).toMatchObject({ id: report.id, verified: true, facts: { different: 0 } });
    const { evidence, facts } = verified.json<{ evidence: { identical: boolean }[]; facts: { checked: number } }>();
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.every(({ identical }) => identical)).toBe(true);
    expect(facts.checked).toBeGreaterThan(0);
    const removed = await service.call('DELETE', `/datasets/${report.dataset.tables[0]!.dataset_id}`);
    expect(removed.statusCode).toBe(204);
    const gone = await service.call('POST', `/insights/${report.id}/verify`);
    expect(gone.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('say so when a number of theirs is another', async () => {
    const { id } = reportOf(await post({ json: { tables: [{ rows }] } }));
    const report = (await service.ports.insightReports.find(id, new Date(0)))!;
    const [insight] = report.insights;
    const [name, fact] = Object.entries(insight!.facts)[0]!;
    const wrong = { ...insight!, facts: { ...insight!.facts, [name]: { ...fact, value: '12345' } } };
    await service.ports.insightReports.put({ ...report, insights: [wrong, ...report.insights.slice(1)] });
    const verified = await service.call('POST', `/insights/${id}/verify`);
    expect(verified.json()).toMatchObject({ verified: false, facts: { different: 1 } });
  });

  it('are listed newest first, and belong to whoever asked', async () => {
    const first = reportOf(await post({ as: 'bia', json: { question: 'Primeira?', tables: [{ rows }] } }));
    const second = reportOf(await post({ as: 'bia', json: { question: 'Segunda?', tables: [{ rows }] } }));
    const page = await service.call('GET', '/insights', { as: 'bia' });
    const ids = page.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([first.id, second.id]));
    expect((await service.call('GET', `/insights/${first.id}`)).statusCode).toBe(404);
    expect((await service.call('DELETE', `/insights/${first.id}`)).statusCode).toBe(404);
    expect((await service.call('POST', `/insights/${first.id}/verify`)).statusCode).toBe(404);
    expect((await service.call('DELETE', `/insights/${first.id}`, { as: 'bia' })).statusCode).toBe(204);
    expect((await service.call('GET', `/insights/${first.id}`, { as: 'bia' })).statusCode).toBe(404);
  });
});

async function datasets(): Promise<unknown> {
  return (await service.call('GET', '/datasets?limit=100')).json();
}
