import { expect } from 'vitest';
import { defineContract } from '../support/define-contract.ts';
import { indexedDocument } from '../support/passages.ts';
import { all, dimensions, ids, near, unitVector } from '../support/search.ts';
import type { SearchIndexHarness } from './search-index-contract.ts';

export const searchIndexEmbeddingsContract = defineContract<Omit<SearchIndexHarness, 'openPair'>>(
  'search index, embeddings',
  (contract, { open }) => {
    contract('finds the nearest vectors exactly, best first', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Um.', 'Dois.', 'Três.', 'Quatro.'] })]);
      await index.putEmbeddings('small', [
        { passageId: 'a:1:0', vector: unitVector(dimensions, 3) },
        { passageId: 'a:1:1', vector: unitVector(dimensions, 2, 0.1) },
        { passageId: 'a:1:2', vector: unitVector(dimensions, 2, 0.5) },
        { passageId: 'a:1:3', vector: unitVector(dimensions, 2) },
        { passageId: 'gone:1:0', vector: unitVector(dimensions, 2) },
      ]);
      expect((await index.status()).vectorsUnavailable).toBeNull();
      const hits = await near(index, 2);
      expect(ids(hits)).toEqual(['a:1:3', 'a:1:1', 'a:1:2']);
      expect(hits[0]!.score).toBeCloseTo(1, 5);
      expect(hits[2]!.score).toBeCloseTo(Math.sqrt(0.75), 5);
    });

    contract('agrees with a plain scan over a thousand vectors', async () => {
      await using index = await open();
      const texts = Array.from({ length: 1_100 }, (_, number) => `Texto ${number}.`);
      await index.replaceDocuments([indexedDocument({ id: 'a', texts })]);
      const vectors = texts.map((_, number) => pseudoRandomVector(number + 1));
      await index.putEmbeddings(
        'small',
        vectors.map((vector, at) => ({ passageId: `a:1:${at}`, vector })),
      );
      for (const seed of [5_001, 5_002, 5_003]) {
        const query = pseudoRandomVector(seed);
        const exact = vectors
          .map((vector, at) => ({ id: `a:1:${at}`, score: dot(vector, query) }))
          .toSorted((a, b) => b.score - a.score)
          .slice(0, 10);
        const hits = await index.nearest({ model: 'small', vector: query, filter: all, limit: 10 });
        expect(ids(hits)).toEqual(exact.map(({ id }) => id));
      }
    });

    contract('never mixes models, and refuses other dimensions', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Um.', 'Dois.'] })]);
      await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
      expect(await index.nearest({ model: 'large', vector: unitVector(32, 0), filter: all, limit: 3 })).toEqual([]);
      await index.putEmbeddings('large', [{ passageId: 'a:1:1', vector: unitVector(32, 0) }]);
      expect(ids(await near(index, 0))).toEqual(['a:1:0']);
      await expect(
        index.nearest({ model: 'small', vector: unitVector(32, 0), filter: all, limit: 3 }),
      ).rejects.toMatchObject({ code: 'dimension_mismatch' });
      await expect(
        index.putEmbeddings('small', [{ passageId: 'a:1:1', vector: unitVector(32, 0) }]),
      ).rejects.toMatchObject({ code: 'dimension_mismatch' });
      expect((await index.status()).embeddings).toEqual([
        { model: 'large', dimensions: 32, passages: 1 },
        { model: 'small', dimensions, passages: 1 },
      ]);
    });

    contract('lists what has no vector yet, and drops other models once one is complete', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Um.', 'Dois.', 'Três.'] })]);
      const vector = unitVector(dimensions, 0);
      await index.putEmbeddings('small', [
        { passageId: 'a:1:0', vector },
        { passageId: 'a:1:2', vector },
      ]);
      expect((await index.passagesWithoutEmbedding('small', 10)).map(({ id }) => id)).toEqual(['a:1:1']);
      expect(await index.passagesWithoutEmbedding('large', 2)).toHaveLength(2);
      const large = unitVector(32, 0);
      await index.putEmbeddings(
        'large',
        ['a:1:0', 'a:1:1', 'a:1:2'].map((passageId) => ({ passageId, vector: large })),
      );
      expect(await index.passagesWithoutEmbedding('large', 10)).toEqual([]);
      expect((await index.status()).embeddings).toEqual([{ model: 'large', dimensions: 32, passages: 3 }]);
      await index.replaceDocuments([indexedDocument({ id: 'a', revision: 2, texts: ['Um.', 'Dois.'] })]);
      expect((await index.passagesWithoutEmbedding('large', 10)).map(({ id }) => id)).toEqual(['a:2:0', 'a:2:1']);
    });

    contract('a model that comes and goes and comes again starts anew', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Um.', 'Dois.'] })]);
      const everything = (size: number, axis: number): { passageId: string; vector: Float32Array }[] =>
        ['a:1:0', 'a:1:1'].map((passageId) => ({ passageId, vector: unitVector(size, axis) }));
      await index.putEmbeddings('small', everything(dimensions, 0));
      await index.putEmbeddings('large', everything(32, 0).slice(0, 1));
      expect(await index.passagesWithoutEmbedding('large', 10)).toHaveLength(1);
      // `small` is complete again: `large` goes, and the next one may have any dimensions.
      await index.putEmbeddings('small', everything(dimensions, 0));
      await index.putEmbeddings('other', everything(48, 3).slice(1));
      expect((await index.passagesWithoutEmbedding('other', 10)).map(({ id }) => id)).toEqual(['a:1:0']);
      const query = { model: 'other', vector: unitVector(48, 3), filter: all, limit: 3 };
      expect(ids(await index.nearest(query))).toEqual(['a:1:1']);
    });

    contract('a vector that came again replaces the one before', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Um.'] })]);
      await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
      await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 1) }]);
      const hits = await near(index, 1);
      expect(hits).toHaveLength(1);
      expect(hits[0]!.score).toBeCloseTo(1, 5);
    });
  },
);

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

function pseudoRandomVector(seed: number): Float32Array {
  let state = seed * 2_654_435_761;
  const vector = Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
