import { describe, expect, it } from 'vitest';
import { copyBody } from '../../../../src/services/search/opensearch/prepare/copy-index.ts';
import { indexBody } from '../../../../src/services/search/opensearch/prepare/index-body.ts';

const keyword = { type: 'keyword' };
const tokens = { type: 'text', analyzer: 'whitespace', index_options: 'freqs' };
const fields = {
  kind: keyword,
  document_id: keyword,
  revision: { type: 'long' },
  ordinal: { type: 'integer' },
  collection: keyword,
  readers: keyword,
  words: tokens,
  stems: tokens,
  passage: { type: 'object', enabled: false },
  passages: { type: 'integer' },
  model: keyword,
  field: keyword,
  dimensions: { type: 'integer' },
};
const models = [{ field: 'vector_a', dimensions: 768 }];

describe('the index in OpenSearch', () => {
  it('keeps vectors in a Lucene graph in memory', () => {
    expect(indexBody({ vectors: 'memory', models, aliases: ['billumy-read'] })).toEqual({
      settings: { index: { knn: true, auto_expand_replicas: '0-1', refresh_interval: '5s' } },
      mappings: {
        dynamic: 'strict',
        _meta: { mapping_version: 1, vectors: 'memory' },
        properties: {
          ...fields,
          vector_a: {
            type: 'knn_vector',
            dimension: 768,
            method: {
              name: 'hnsw',
              engine: 'lucene',
              space_type: 'cosinesimil',
              parameters: { m: 16, ef_construction: 100 },
            },
          },
        },
      },
      aliases: { 'billumy-read': {} },
    });
  });

  it('keeps vectors in a faiss graph on the disk', () => {
    expect(indexBody({ vectors: 'disk', models, aliases: [] })).toMatchObject({
      settings: { index: { knn: true } },
      mappings: {
        _meta: { mapping_version: 1, vectors: 'disk' },
        properties: {
          vector_a: {
            type: 'knn_vector',
            dimension: 768,
            space_type: 'cosinesimil',
            mode: 'on_disk',
            method: { name: 'hnsw', engine: 'faiss' },
          },
        },
      },
    });
  });

  it('asks nothing of the k-NN plugin where there is none', () => {
    expect(indexBody({ vectors: 'none', models: [], aliases: [] })).toEqual({
      settings: { index: { auto_expand_replicas: '0-1', refresh_interval: '5s' } },
      mappings: { dynamic: 'strict', _meta: { mapping_version: 1, vectors: 'none' }, properties: fields },
      aliases: {},
    });
  });

  it('is copied by the server, without the vectors of some models and what is known of these', () => {
    const without = [{ field: 'vector_a' }];
    expect(copyBody({ from: 'billumy-passages-v1', to: 'billumy-passages-copy-2', without })).toEqual({
      source: {
        index: 'billumy-passages-v1',
        query: {
          bool: { must_not: [{ bool: { filter: [{ term: { kind: 'model' } }, { terms: { field: ['vector_a'] } }] } }] },
        },
        _source: { excludes: ['vector_a'] },
      },
      dest: { index: 'billumy-passages-copy-2' },
    });
  });
});
