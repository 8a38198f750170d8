import { afterAll, describe, expect, it } from 'vitest';
import type { IndexedDocument } from '../../../src/ports/search-index.ts';
import { namesFor, passageDocumentId, recordId } from '../../../src/services/search/opensearch/names.ts';
import { toStored } from '../../../src/services/search/opensearch/stored.ts';
import { ask, openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { all, dimensions, found, ids, lexical, near, unitVector } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

const writeTo = (prefix: string): string => namesFor(prefix).write;

/** What a writer leaves that crashes before it says that the revision is in force. */
async function leavePassages(prefix: string, document: IndexedDocument): Promise<void> {
  for (const indexed of document.passages) {
    const id = encodeURIComponent(passageDocumentId(indexed.passage.id));
    const path = `/${writeTo(prefix)}/_doc/${id}?refresh=true`;
    await ask(openSearchUrl, { method: 'PUT', path, body: toStored(document, indexed) });
  }
}

async function passagesIn(prefix: string): Promise<number> {
  await ask(openSearchUrl, { method: 'POST', path: `/${writeTo(prefix)}/_refresh` });
  const body = { query: { term: { kind: 'passage' } } };
  const reply = await ask<{ count: number }>(openSearchUrl, {
    method: 'POST',
    path: `/${writeTo(prefix)}/_count`,
    body,
  });
  return reply.count;
}

describe.skipIf(openSearchUrl === '')(`what crashed writers leave in OpenSearch (${withoutServer})`, () => {
  it('is seen by no query, and takes no place of what is', async () => {
    const prefix = indices.freshPrefix();
    await using index = await indices.open({ prefix });
    const shown = Array.from({ length: 5 }, (_, number) => `Prazo número ${number} de muitas outras coisas.`);
    await index.replaceDocuments([indexedDocument({ id: 'a', texts: shown })]);
    const texts = Array.from({ length: 12 }, () => 'Prazo prazo prazo.');
    await leavePassages(prefix, indexedDocument({ id: 'a', revision: 2, texts }));
    await leavePassages(prefix, indexedDocument({ id: 'never', texts }));
    expect(await passagesIn(prefix)).toBe(29);
    const { hits } = await lexical(index, 'prazo', { limit: 5 });
    expect(ids(hits).toSorted()).toEqual(shown.map((_, ordinal) => `a:1:${ordinal}`));
    expect(await index.passages(['a:2:0', 'never:1:0'], all)).toEqual([]);
    expect(await index.status()).toMatchObject({ documents: 1, passages: 5 });
    const missing = await index.passagesWithoutEmbedding('small', 100);
    expect(missing.map(({ documentId, revision }) => `${documentId}:${revision}`)).toEqual(shown.map(() => 'a:1'));
  });

  it('is among no nearest neighbours, and takes no place of one', async () => {
    const prefix = indices.freshPrefix();
    await using index = await indices.open({ prefix });
    await index.replaceDocuments([
      indexedDocument({ id: 'a', texts: ['Um.'] }),
      indexedDocument({ id: 'gone', texts: Array.from({ length: 10 }, () => 'Um.') }),
    ]);
    await index.putEmbeddings('small', [
      { passageId: 'a:1:0', vector: unitVector(dimensions, 0, 0.5) },
      ...Array.from({ length: 10 }, (_, at) => ({ passageId: `gone:1:${at}`, vector: unitVector(dimensions, 0) })),
    ]);
    const record = encodeURIComponent(recordId('gone'));
    await ask(openSearchUrl, { method: 'DELETE', path: `/${writeTo(prefix)}/_doc/${record}` });
    expect(await passagesIn(prefix)).toBe(11);
    expect(ids(await near(index, 0))).toEqual(['a:1:0']);
  });

  it('is removed when its document is replaced or deleted, but never what a later revision is about to show', async () => {
    const prefix = indices.freshPrefix();
    await using index = await indices.open({ prefix });
    await index.status();
    await leavePassages(prefix, indexedDocument({ id: 'a', texts: ['Prazo.', 'Prazo.'] }));
    await leavePassages(prefix, indexedDocument({ id: 'a', revision: 2, texts: ['Prazo.', 'Prazo.', 'Prazo.'] }));
    await leavePassages(prefix, indexedDocument({ id: 'a', revision: 3, texts: ['Um.'] }));
    await index.replaceDocuments([indexedDocument({ id: 'a', revision: 2, texts: ['Prazo.', 'Prazo.'] })]);
    expect(await found(index, 'prazo')).toEqual(['a:2:0', 'a:2:1']);
    expect(await passagesIn(prefix)).toBe(3);
    await index.deleteDocument('a');
    expect(await passagesIn(prefix)).toBe(0);
  });

  it('of a document that was never shown is removed with it', async () => {
    const prefix = indices.freshPrefix();
    await using index = await indices.open({ prefix });
    await index.status();
    await leavePassages(prefix, indexedDocument({ id: 'a', texts: ['Um.'] }));
    await index.deleteDocument('a');
    expect(await passagesIn(prefix)).toBe(0);
  });
});
