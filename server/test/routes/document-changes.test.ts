import type { Document, PassagePage } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, openDocumentApp, type DocumentApp } from '../support/document-app.ts';

let service: DocumentApp;
beforeAll(async () => {
  service = await openDocumentApp();
});
afterAll(() => service[Symbol.asyncDispose]());

const headers = { prefer: 'wait=60' };

async function add(content: string, fields: Record<string, string> = {}): Promise<Document> {
  const form = [...Object.entries(fields).map(([name, value]) => ({ name, value })), file(content, 'prazo.txt')];
  return (await service.call('POST', '/documents', { form, headers })).json();
}

async function change(id: string, json: object): Promise<{ status: number; body: Document & { code: string } }> {
  const reply = await service.call('PATCH', `/documents/${id}`, { json, headers });
  return { status: reply.statusCode, body: reply.json() };
}

describe('changing a document without its content', () => {
  it('changes what is said and keeps the rest, the file too', async () => {
    const before = await add('O prazo é de 12 dias.', { collection: 'antes', metadata: '{"year":2026}' });
    const { status, body } = await change(before.id, { title: 'Prazos', collection: 'depois' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: 'Prazos',
      collection: 'depois',
      metadata: { year: 2026 },
      file_name: 'prazo.txt',
      sha256: before.sha256,
      revision: 2,
      status: 'ready',
    });
    expect((await change(before.id, { metadata: {} })).body).toMatchObject({ title: 'Prazos', metadata: {} });
  });

  it('decides at once who reads it', async () => {
    const { id } = await add('Só para o jurídico.');
    const seen = async (): Promise<number> =>
      (await service.call('GET', `/documents/${id}/content`, { as: 'bia' })).statusCode;
    expect(await seen()).toBe(200);
    expect((await change(id, { readers: { users: [], groups: [] } })).body.readers).toEqual({
      users: ['ana'],
      groups: [],
    });
    expect(await seen()).toBe(404);
    expect((await change(id, { readers: null })).body.readers).toBeNull();
    expect(await seen()).toBe(200);
  });

  it.each([[{}], [{ text: 'x' }], [{ title: '' }], [{ collection: '../x' }], [{ readers: { users: 'ana' } }]])(
    'refuses %j and changes nothing',
    async (json) => {
      const before = await add(`Recusa ${JSON.stringify(json)}.`);
      expect(await change(before.id, json)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect((await service.call('GET', `/documents/${before.id}`)).json()).toEqual(before);
    },
  );
});

describe('changes of a document one upon another', () => {
  const later = { prefer: 'respond-async' };

  it('keep what was said a moment ago and is not in force yet', async () => {
    const { id } = await add('Só para quem responde por isto.');
    const restricted = { readers: { users: [], groups: [] } };
    const replies = await Promise.all([
      service.call('PATCH', `/documents/${id}`, { json: restricted, headers: later }),
      service.call('PATCH', `/documents/${id}`, { json: { title: 'Depois' }, headers }),
    ]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([202, 200]);
    expect(replies[1]?.json()).toMatchObject({ title: 'Depois', readers: { users: ['ana'], groups: [] } });
    const content = await service.call('GET', `/documents/${id}/content`, { as: 'bia' });
    expect(content.statusCode).toBe(404);
  });

  it('go on from the file in force when another could not be read', async () => {
    const before = await add('O frete é de R$ 24,90.');
    const form = [file('BROKEN', 'quebrado.txt')];
    const broken = await service.call('PUT', `/documents/${before.id}`, { form, headers });
    expect(broken.statusCode).toBe(422);
    const { status, body } = await change(before.id, { title: 'Frete' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: 'Frete', sha256: before.sha256, file_name: 'prazo.txt', status: 'ready' });
  });
});

describe('the passages of a document', () => {
  it('cover its text, page by page of the list', async () => {
    const text = Array.from(
      { length: 40 },
      (_, index) => `Parágrafo ${index}. ${'Palavras de enchimento. '.repeat(30)}`,
    );
    const { id, passages: count } = await add(text.join('\n\n'));
    const content = (await service.call('GET', `/documents/${id}/content`)).json<{ text: string }>();
    const items: PassagePage['items'] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: PassagePage = (
        await service.call('GET', `/documents/${id}/passages?limit=7&after=${after}`)
      ).json<PassagePage>();
      items.push(...page.items);
      after = page.next;
    }
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(items[0]?.start).toBe(0);
    expect(items.at(-1)?.end).toBe(content.text.trimEnd().length);
    // A passage may repeat the end of the one before, but nothing is between them.
    for (const [index, { start }] of items.entries())
      expect(start).toBeLessThanOrEqual((items[index - 1]?.end ?? 0) + 2);
  });
});
