import { addedDocumentsSchema, documentContentSchema, documentSchema } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, multipartBody, openDocumentApp, type DocumentApp } from '../support/document-app.ts';
import { eventually } from '../support/eventually.ts';

const picture = Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1');

let service: DocumentApp;
beforeAll(async () => {
  service = await openDocumentApp({ maxFileBytes: 1_000_000 });
});
afterAll(() => service[Symbol.asyncDispose]());

type Call = Parameters<DocumentApp['call']>;

/** Waits longer than a client would by default: machines that run tests are busy. */
const callOn = (app: DocumentApp, ...[method, url, options]: Call): ReturnType<DocumentApp['call']> =>
  app.call(method, url, { ...options, headers: { prefer: 'wait=60', ...options?.headers } });
const call = (...parameters: Call): ReturnType<DocumentApp['call']> => callOn(service, ...parameters);

describe('POST /documents', () => {
  it('answers with the finished document when it is small', async () => {
    const json = { title: 'Prazos', text: 'Manaus: 12 dias úteis.', metadata: { year: 2026 }, collection: 'policies' };
    const reply = await call('POST', '/documents', { json });
    expect(reply.statusCode).toBe(201);
    const document = documentSchema.strict().parse(reply.json());
    expect(document).toMatchObject({
      title: 'Prazos',
      status: 'ready',
      revision: 1,
      passages: 1,
      language: 'pt',
      metadata: { year: 2026 },
      readers: null,
    });
    expect(reply.headers['location']).toBe(`/documents/${document.id}`);
    const got = await call('GET', `/documents/${document.id}`);
    expect(got.json()).toEqual(document);
    const content = await call('GET', `/documents/${document.id}/content`);
    expect(documentContentSchema.strict().parse(content.json())).toMatchObject({ text: json.text, revision: 1 });
  });

  it('answers 200 with the document that is there already', async () => {
    const json = { text: 'Twice the same.' };
    const first = await call('POST', '/documents', { json });
    const second = await call('POST', '/documents', { json });
    expect([first.statusCode, second.statusCode]).toEqual([201, 200]);
    expect(second.json()).toEqual(first.json());
  });

  it('takes a file with its fields before or after it', async () => {
    const fields = [
      { name: 'collection', value: 'contracts' },
      { name: 'metadata', value: '{"signed": true}' },
      { name: 'readers', value: '{"users": ["bia"]}' },
    ];
    const before = await call('POST', '/documents', { form: [...fields, file('Before.', 'before.txt')] });
    const after = await call('POST', '/documents', { form: [file('After.', 'after.txt'), ...fields] });
    for (const reply of [before, after]) {
      expect(reply.statusCode).toBe(201);
      expect(reply.json()).toMatchObject({
        collection: 'contracts',
        metadata: { signed: true },
        readers: { users: ['ana', 'bia'], groups: [] },
      });
    }
    expect(after.json()).toMatchObject({ title: 'after', file_name: 'after.txt' });
  });

  it('takes several files with one job', async () => {
    const form = [file('First.', 'a.txt'), file('Second.', 'b.md'), file(picture, 'c.png')];
    const reply = await call('POST', '/documents', { form });
    expect(reply.statusCode).toBe(202);
    const { job, documents, rejected } = addedDocumentsSchema.parse(reply.json());
    expect(documents.map(({ file_name: name }) => name)).toEqual(['a.txt', 'b.md']);
    expect(rejected).toMatchObject([{ file_name: 'c.png', code: 'unsupported_document' }]);
    expect(reply.headers['location']).toBe(`/training/jobs/${job.id}`);
    const ended = await call('GET', `/training/jobs/${job.id}`, { as: 'anaIngests' });
    expect(ended.json()).toMatchObject({ status: 'succeeded', result: { ready: 2, failed: 0 } });
  });

  it('does not wait when it is asked not to', async () => {
    const headers = { prefer: 'respond-async' };
    const reply = await call('POST', '/documents', { json: { text: 'Later.' }, headers });
    expect(reply.statusCode).toBe(202);
    expect(reply.headers['preference-applied']).toBe('respond-async');
    const { documents, job } = addedDocumentsSchema.parse(reply.json());
    await eventually(async () => {
      const document = await call('GET', `/documents/${documents[0]!.id}`);
      expect(document.json()).toMatchObject({ status: 'ready' });
    });
    expect(reply.headers['location']).toBe(`/training/jobs/${job.id}`);
  });

  it.each([
    ['a broken file', { form: [file('BROKEN')] }, 422, 'document_broken'],
    ['an empty file', { form: [file('')] }, 422, 'document_empty'],
    ['a picture', { form: [file(picture, 'a.png')] }, 415, 'unsupported_document'],
    ['a file that is too large', { form: [file('x'.repeat(1_000_001))] }, 413, 'body_too_large'],
    ['a form without a file', { form: [{ name: 'title', value: 'x' }] }, 400, 'invalid_request'],
    ['an unknown form field', { form: [{ name: 'colour', value: 'x' }, file('x')] }, 400, 'invalid_request'],
    ['metadata that is no JSON', { form: [{ name: 'metadata', value: '{' }, file('x')] }, 400, 'invalid_request'],
    [
      'metadata with a poisoned name',
      { form: [{ name: 'metadata', value: '{"__proto__":1}' }, file('x')] },
      400,
      'invalid_request',
    ],
    [
      'a field that occurs twice',
      { form: [{ name: 'title', value: 'a' }, { name: 'title', value: 'b' }, file('x')] },
      400,
      'invalid_request',
    ],
    ['no body', {}, 400, 'invalid_request'],
    ['null', { json: 'null', headers: { 'content-type': 'application/json' } }, 400, 'invalid_request'],
    ['no text', { json: { title: 'x' } }, 400, 'invalid_request'],
    ['an unknown field', { json: { text: 'x', colour: 'red' } }, 400, 'invalid_request'],
    ['white space only', { json: { text: ' \n ' } }, 422, 'document_empty'],
    ['a collection with a wrong name', { json: { text: 'x', collection: '../etc' } }, 400, 'invalid_request'],
    [
      'a form that ends early',
      {
        json: '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nx',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      },
      400,
      'invalid_request',
    ],
    [
      'a form without a boundary',
      { json: 'x', headers: { 'content-type': 'multipart/form-data' } },
      400,
      'invalid_request',
    ],
    ['another kind of body', { json: 'x', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
  ] as const)('refuses %s', async (...[, options, status, code]) => {
    const before = await countDocuments();
    const reply = await call('POST', '/documents', options);
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([status, code]);
    expect(await countDocuments()).toBe(before);
  });

  it('keeps large forms out of memory, and then wants fields first', async () => {
    await using small = await openDocumentApp({ maxFileBytes: 9_000_000 });
    const large = file('word '.repeat(1_700_000), 'large.txt');
    const late = [large, { ...large, content: 'other '.repeat(1_400_000) }, { name: 'collection', value: 'late' }];
    const reply = await callOn(small, 'POST', '/documents', { form: late });
    expect(reply.json()).toMatchObject({ status: 400, detail: 'Send the fields of the form before its files.' });
    expect((await callOn(small, 'GET', '/documents')).json()).toEqual({ items: [], next: null });
  });

  it('reads what a real client sends, and replies before a refused upload ends', async () => {
    const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
    const form = new FormData();
    form.set('collection', 'real');
    form.set('file', new Blob(['Olá de verdade.'], { type: 'text/plain' }), "olá d'água.txt");
    const headers = { authorization: 'Bearer ana', prefer: 'wait=60' };
    const reply = await fetch(`${url}/documents`, { method: 'POST', headers, body: form });
    expect(reply.status).toBe(201);
    const document = documentSchema.parse(await reply.json());
    expect(document).toMatchObject({ collection: 'real', file_name: "olá d'água.txt" });
    const original = await fetch(`${url}/documents/${document.id}/content?format=original`, { headers });
    expect(original.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''ol%C3%A1%20d%27%C3%A1gua.txt`,
    );
    expect(await original.text()).toBe('Olá de verdade.');

    const tooLarge = new FormData();
    tooLarge.set('file', new Blob([Buffer.alloc(20_000_000, 'x')]), 'large.txt');
    const refused = await fetch(`${url}/documents`, { method: 'POST', headers, body: tooLarge });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'body_too_large', detail: 'A file may have 1000000 bytes.' });

    const tooMany = new FormData();
    for (let number = 0; number < 40; number += 1)
      tooMany.append('file', new Blob([Buffer.alloc(900_000, 'x')]), 'x.txt');
    const two = await fetch(`${url}/documents/${document.id}`, { method: 'PUT', headers, body: tooMany });
    expect(await two.json()).toMatchObject({ status: 400, detail: 'Send one file.' });
  });
});

describe('documents', () => {
  it('are listed page by page, by collection and status', async () => {
    for (const text of ['One.', 'Two.', 'Three.']) {
      await call('POST', '/documents', { json: { text, collection: 'paged' } });
    }
    const titles = async (url: string): Promise<[string[], string | null]> => {
      const { items, next } = (await call('GET', url)).json<{
        items: { title: string }[];
        next: string | null;
      }>();
      return [items.map(({ title }) => title), next];
    };
    const [first, next] = await titles('/documents?collection=paged&limit=2');
    expect(first).toEqual(['Three.', 'Two.']);
    expect(await titles(`/documents?collection=paged&limit=2&after=${next}`)).toEqual([['One.'], null]);
    expect(await titles('/documents?collection=paged&status=failed')).toEqual([[], null]);
    const collections = await call('GET', '/collections');
    expect(collections.json<{ items: object[] }>().items).toContainEqual({ name: 'paged', documents: 3 });
    const madeUp = await call('GET', '/documents?after=bm90aGluZw');
    expect(madeUp.statusCode).toBe(400);
  });

  it('are replaced in one step, and keep what is not mentioned', async () => {
    const created = await call('POST', '/documents', {
      json: { text: 'Old.', title: 'Rule', collection: 'rules' },
    });
    const { id } = created.json<{ id: string }>();
    const replaced = await call('PUT', `/documents/${id}`, { json: { text: 'New.' } });
    expect(replaced.statusCode).toBe(200);
    expect(replaced.json()).toMatchObject({ id, revision: 2, title: 'Rule', collection: 'rules' });
    const content = async (query: string): Promise<string> =>
      (await call('GET', `/documents/${id}/content${query}`)).json<{ text: string }>().text;
    expect([await content(''), await content('?revision=1')]).toEqual(['New.', 'Old.']);
    const broken = await call('PUT', `/documents/${id}`, { form: [file('BROKEN')] });
    expect(broken.json()).toMatchObject({ status: 422, code: 'document_broken' });
    expect(await content('')).toBe('New.');
    const two = await call('PUT', `/documents/${id}`, { form: [file('1'), file('2')] });
    expect(two.json()).toMatchObject({ status: 400, detail: 'Send one file.' });
    const other = await call('POST', '/documents', { json: { text: 'Other.', collection: 'rules' } });
    const twin = await call('PUT', `/documents/${other.json<{ id: string }>().id}`, { json: { text: 'New.' } });
    expect(twin.statusCode).toBe(409);
  });

  it('are gone when they are deleted', async () => {
    const { id } = (await call('POST', '/documents', { json: { text: 'Short-lived.' } })).json<{
      id: string;
    }>();
    const deleted = await call('DELETE', `/documents/${id}`);
    expect([deleted.statusCode, deleted.body]).toEqual([204, '']);
    for (const [method, url] of [
      ['GET', `/documents/${id}`],
      ['GET', `/documents/${id}/content`],
      ['DELETE', `/documents/${id}`],
    ] as const) {
      expect((await call(method, url)).statusCode).toBe(404);
    }
  });

  it('are sent as downloads that no browser runs', async () => {
    const page = file('<script>alert(1)</script><p>Text</p>', 'a\'b".html');
    const created = await call('POST', '/documents', { form: [{ ...page, type: 'text/html' }] });
    const { id } = created.json<{ id: string }>();
    const reply = await call('GET', `/documents/${id}/content?format=original`);
    expect(reply.body).toBe('<script>alert(1)</script><p>Text</p>');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': expect.stringContaining('attachment; '),
    });
  });
});

async function countDocuments(): Promise<number> {
  const filter = { collections: null, readers: null };
  const { items } = await service.parts.documents.list({ filter, status: null }, { limit: 1_000, after: null });
  return items.length;
}

it('describes both kinds of body', async () => {
  const { paths } = (await call('GET', '/openapi.json')).json<{
    paths: Record<string, Record<string, object>>;
  }>();
  expect(paths['/documents']?.['post']).toMatchObject({
    requestBody: {
      content: { 'application/json': {}, 'multipart/form-data': { schema: { properties: { file: {} } } } },
    },
  });
  expect(multipartBody([]).headers['content-type']).toContain('multipart/form-data');
});
