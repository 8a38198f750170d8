import { afterAll, describe, expect, it } from 'vitest';
import { openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { found, ids, lexical } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

const texts = Array.from({ length: 10 }, () => 'Prazo de entrega.');

describe.skipIf(openSearchUrl === '')(
  `two services that change the same documents in OpenSearch (${withoutServer})`,
  () => {
    it('leave the latest revision, whole, whoever came last', async () => {
      const [first, second] = await indices.openPair();
      const revisions = Array.from({ length: 8 }, (_, number) => number + 1);
      await Promise.all(
        revisions.flatMap((revision) =>
          [first, second].map((index) => index.replaceDocuments([indexedDocument({ id: 'a', revision, texts })])),
        ),
      );
      for (const index of [first, second]) {
        const { hits, passages } = await lexical(index, 'prazo', { limit: 100 });
        expect(ids(hits).toSorted()).toEqual(texts.map((_, ordinal) => `a:8:${ordinal}`).toSorted());
        expect(passages).toBe(texts.length);
        expect(await index.status()).toMatchObject({ documents: 1, passages: texts.length });
        await index[Symbol.asyncDispose]();
      }
    });

    it('leave a document there or gone, never a part of it', async () => {
      const [first, second] = await indices.openPair();
      for (let revision = 1; revision <= 6; revision += 1) {
        await Promise.all([
          first.replaceDocuments([indexedDocument({ id: 'a', revision, texts })]),
          second.deleteDocument('a'),
        ]);
        const { hits } = await lexical(second, 'prazo', { limit: 100 });
        expect([0, texts.length]).toContain(hits.length);
      }
      await first.deleteDocument('a');
      expect(await found(second, 'prazo')).toEqual([]);
      expect(await second.status()).toMatchObject({ documents: 0, passages: 0 });
      for (const index of [first, second]) await index[Symbol.asyncDispose]();
    });
  },
);
