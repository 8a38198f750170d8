import { describe, expect, it } from 'vitest';
import { createRetrieval } from '../../src/core/retrieval/create-retrieval.ts';
import { embedMissing } from '../../src/core/retrieval/embed-missing.ts';
import { createLlamaEngine } from '../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { openSqliteIndex } from '../../src/services/search/sqlite/open-sqlite-index.ts';
import { indexedDocument } from '../support/passages.ts';
import { all } from '../support/search.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openMemoryCache } from '../../src/services/cache/memory-cache.ts';

const model = process.env['BILLUMY_TEST_EMBEDDING_MODEL'];

describe.skipIf(model === undefined)(
  'retrieval with a real model (BILLUMY_TEST_EMBEDDING_MODEL names its GGUF)',
  () => {
    it('finds by meaning what shares no word with the question', async () => {
      await using folder = await temporaryFolder();
      const files = createModelFiles({
        directory: folder.path,
        bundledDirectory: folder.path,
        baseUrl: 'https://localhost',
        offline: true,
      });
      await using index = await openSqliteIndex({ path: folder.file('search.db') });
      await using engine = createLlamaEngine({ files });
      const profile = await files.profile(model ?? '');
      const languageModels = { forEmbedding: async () => profile, forReranking: async () => undefined };
      const texts = [
        'Customers receive a refund within ten days.',
        'The cat sleeps on the warm roof.',
        'Invoices are sent by post.',
      ];
      await index.replaceDocuments([indexedDocument({ id: 'a', texts, language: 'en' })]);
      const stop = new AbortController();
      const embedding = embedMissing({ index, engine, languageModels }, { signal: stop.signal });
      await expect.poll(async () => (await index.status()).embeddings[0]?.passages).toBe(texts.length);
      stop.abort();
      await embedding;
      const retrieval = createRetrieval({ index, engine, cache: openMemoryCache({ now: Date.now }), languageModels });
      const { signal } = new AbortController();
      const request = { queries: ['How do I get my money back?'], filter: all, limit: 3, perDocument: 3 };
      const { passages, degraded } = await retrieval.search(request, { signal });
      expect(degraded).toBeNull();
      expect(passages[0]).toMatchObject({ passage: { text: texts[0] }, lexical: null, dense: { rank: 1 } });
    });
  },
);
