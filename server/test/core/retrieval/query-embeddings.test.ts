import { expect, it } from 'vitest';
import { createQueryEmbeddings } from '../../../src/core/retrieval/query-embeddings.ts';
import { openMemoryCache } from '../../../src/services/cache/memory-cache.ts';
import { modelProfile, scriptedEngine } from '../../support/retrieval-doubles.ts';

const signal = new AbortController().signal;

it('a question that one service embedded costs another nothing', async () => {
  const cache = openMemoryCache({ now: Date.now });
  const asked: string[] = [];
  const engine = {
    ...scriptedEngine(),
    async embed(_model: string, texts: readonly string[]) {
      asked.push(...texts);
      return texts.map((text) => Float32Array.of(text.length, 0.1, -1));
    },
  };
  const first = createQueryEmbeddings(engine, cache);
  const second = createQueryEmbeddings(engine, cache);
  const vectors = await first(modelProfile('small'), ['prazo', 'prazo', 'multa'], { signal });
  expect(asked).toEqual(['query: prazo', 'query: multa']);
  expect(await second(modelProfile('small'), ['multa', 'prazo'], { signal })).toEqual([vectors[2], vectors[0]]);
  expect(asked).toHaveLength(2);
  await second(modelProfile('small', { sha256: 'another file' }), ['prazo'], { signal });
  expect(asked).toHaveLength(3);
});
