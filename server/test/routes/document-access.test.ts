import type { Document, Job } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDocumentApp, type CallOptions, type DocumentApp, type Person } from '../support/document-app.ts';

// Every route with an id, and who may call it on what belongs to ana.

let service: DocumentApp;
let secret: Document;
let shared: Document;
let job: Job;

beforeAll(async () => {
  service = await openDocumentApp();
  const create = async (json: object): Promise<Document> =>
    (await service.call('POST', '/documents', { json, headers: { prefer: 'wait=60' } })).json();
  secret = await create({ text: 'Only ana.', readers: { users: [], groups: [] } });
  shared = await create({ text: 'For lawyers.', readers: { groups: ['legal'] } });
  const trained = await service.call('POST', '/training/train', {
    json: { documents: [{ text: 'Trained.' }] },
    headers: { prefer: 'wait=60' },
  });
  job = trained.json();
});
afterAll(() => service[Symbol.asyncDispose]());

type Method = Parameters<DocumentApp['call']>[0];
const callers = ['ana', 'root', 'bia', 'anaLetters', 'anaAsks', 'anaIngests', null] as const;
type Expected = readonly [number, number, number, number, number, number, number];

const routes: readonly [Method, string, Expected, CallOptions?][] = [
  //                                ana root bia letters asks ingests nobody
  ['GET', '/documents/SECRET', [200, 200, 404, 404, 200, 403, 401]],
  ['GET', '/documents/SECRET/content', [200, 200, 404, 404, 200, 403, 401]],
  ['GET', '/documents/SECRET/content?format=original', [200, 200, 404, 404, 200, 403, 401]],
  ['GET', '/documents/SECRET/content?revision=1', [200, 200, 404, 404, 200, 403, 401]],
  ['PUT', '/documents/SECRET', [200, 200, 404, 404, 403, 200, 401], { json: { text: 'Changed.' } }],
  ['GET', '/documents/SECRET/passages', [200, 200, 404, 404, 200, 403, 401]],
  ['PATCH', '/documents/SECRET', [200, 200, 404, 404, 403, 200, 401], { json: { title: 'Changed' } }],
  ['GET', '/documents/SHARED', [200, 200, 200, 404, 200, 403, 401]],
  ['GET', '/documents/SHARED/content', [200, 200, 200, 404, 200, 403, 401]],
  ['PUT', '/documents/SHARED', [200, 200, 403, 404, 403, 200, 401], { json: { text: 'Changed for lawyers.' } }],
  ['PATCH', '/documents/SHARED', [200, 200, 403, 404, 403, 200, 401], { json: { title: 'Changed' } }],
  ['GET', '/training/jobs/JOB', [200, 200, 404, 404, 403, 200, 401]],
  ['GET', '/training/jobs/JOB/events', [200, 200, 404, 404, 403, 200, 401]],
  ['POST', '/training/jobs/JOB/cancel', [409, 409, 404, 404, 403, 409, 401]],
  ['GET', '/documents', [200, 200, 200, 200, 200, 403, 401]],
  ['GET', '/collections', [200, 200, 200, 200, 200, 403, 401]],
  ['GET', '/training/jobs', [200, 200, 200, 200, 403, 200, 401]],
  [
    'POST',
    '/training/train',
    [200, 200, 200, 403, 403, 403, 401],
    { json: { documents: [{ text: 'T', collection: 'x' }] } },
  ],
  ['POST', '/documents', [200, 200, 200, 403, 403, 200, 401], { json: { text: 'D', collection: 'x' } }],
];

const url = (path: string): string =>
  path.replace('SECRET', secret.id).replace('SHARED', shared.id).replace('JOB', job.id);

describe.each(routes)('%s %s', (...[method, path, expected, options]) => {
  it.each(callers.map((caller, index) => [caller, expected[index]] as const))('as %s: %i', async (as, status) => {
    const headers = { prefer: 'wait=60' };
    // The first of these calls creates, the others find the same.
    const created = method === 'POST' && path === '/documents' && as === 'ana' ? 201 : status;
    const reply = await service.call(method, url(path), { headers, ...options, as });
    expect(reply.statusCode).toBe(created);
  });

  it('answers for a thing of somebody else as for one that is not there', async () => {
    const somebody: Person = 'bia';
    const absent = path.replace(/SECRET|SHARED|JOB/, 'doc_00000000000000000000000000000000');
    const replies = [await call(method, url(path), somebody), await call(method, absent, somebody)];
    const foreign = expected[2] === 404 ? replies : [];
    for (const { status, body } of foreign) {
      expect({ status, body }).toEqual({ status: 404, body: { ...replies[1]?.body, request_id: 'any' } });
    }
    expect(path.includes('/documents/') || path.includes('/jobs/') ? replies[1]?.status : 404).toBe(404);
  });

  async function call(verb: Method, address: string, as: Person): Promise<{ status: number; body: object }> {
    const reply = await service.call(verb, address, { ...options, as });
    const body: object = reply.headers['content-type']?.toString().includes('json') === true ? reply.json() : {};
    return { status: reply.statusCode, body: { ...body, request_id: 'any' } };
  }
});

describe('lists', () => {
  it('show nobody what they may not see', async () => {
    const idsFor = async (path: string, as: Person): Promise<string[]> =>
      (await service.call('GET', path, { as })).json<{ items: { id: string }[] }>().items.map(({ id }) => id);
    for (const [as, seesSecret, seesShared, seesJob] of [
      ['ana', true, true, true],
      ['root', true, true, true],
      ['bia', false, true, false],
      ['anaLetters', false, false, false],
    ] as const) {
      const documents = await idsFor('/documents?limit=100', as);
      const jobs = await idsFor('/training/jobs?limit=100', as);
      expect([documents.includes(secret.id), documents.includes(shared.id), jobs.includes(job.id)]).toEqual([
        seesSecret,
        seesShared,
        seesJob,
      ]);
    }
  });

  it('delete only for the owner', async () => {
    for (const [as, status] of [
      [null, 401],
      ['anaAsks', 403],
      ['anaLetters', 404],
      ['bia', 404],
      ['anaIngests', 204],
      ['ana', 404],
    ] as const) {
      expect((await service.call('DELETE', `/documents/${secret.id}`, { as })).statusCode).toBe(status);
    }
  });
});
