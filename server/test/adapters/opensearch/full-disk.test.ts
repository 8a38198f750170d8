import { afterAll, describe, expect, it } from 'vitest';
import { namesFor } from '../../../src/services/search/opensearch/names.ts';
import { ask, openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { found } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

/** What OpenSearch itself does to an index when a disk has passed its last mark. */
async function setDiskFull(prefix: string, full: true | null): Promise<void> {
  const body = { index: { blocks: { read_only_allow_delete: full } } };
  await ask(openSearchUrl, { method: 'PUT', path: `/${namesFor(prefix).versioned(1)}/_settings`, body });
}

describe.skipIf(openSearchUrl === '')(`an OpenSearch whose disk is full (${withoutServer})`, () => {
  it('refuses to write, says why, answers queries, and goes on when there is room', async () => {
    const prefix = indices.freshPrefix();
    await using index = await indices.open({ prefix });
    await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
    await setDiskFull(prefix, true);
    const refusal = { code: 'disk_full', detail: expect.stringContaining('OpenSearch') as unknown };
    const other = indexedDocument({ id: 'b', texts: ['Prazo.'] });
    await expect(index.replaceDocuments([other])).rejects.toMatchObject(refusal);
    await expect(index.deleteDocument('a')).rejects.toMatchObject(refusal);
    await using later = await indices.open({ prefix });
    for (const each of [index, later]) expect(await found(each, 'prazo')).toEqual(['a:1:0']);
    await setDiskFull(prefix, null);
    await later.replaceDocuments([other]);
    expect(await found(index, 'prazo')).toEqual(['a:1:0', 'b:1:0']);
  });
});
