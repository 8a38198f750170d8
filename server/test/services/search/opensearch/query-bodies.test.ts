import { describe, expect, it } from 'vitest';
import {
  frequenciesBody,
  lexicalBody,
  missingVectorBody,
  nearestBody,
  overviewBody,
  vectorCountsBody,
} from '../../../../src/services/search/opensearch/read/queries.ts';
import { leftoversBody } from '../../../../src/services/search/opensearch/write/remove-passages.ts';
import { everyone } from '../../../../src/models/passage-filter.ts';

const everything = { collections: null, readers: null };
const place = { _source: false, docvalue_fields: ['document_id', 'revision', 'ordinal'] };
const filter = { collections: ['policies'], readers: [everyone, 'user:ana'] };
const permitted = [{ terms: { collection: ['policies'] } }, { terms: { readers: ['everyone', 'user:ana'] } }];
const outdated = [{ documentId: 'doc_a', revision: 3 }];
const excluded = { bool: { filter: [{ term: { document_id: 'doc_a' } }, { term: { revision: 3 } }] } };

describe('the body sent to OpenSearch', () => {
  it('for words and stems has the filter inside, an order of its own and no more than asked for', () => {
    const query = { words: ['prazo', 'entrega'], stems: ['praz', 'entreg'], filter, limit: 50 };
    expect(lexicalBody(query, outdated)).toEqual({
      size: 50,
      ...place,
      track_total_hits: false,
      timeout: '4s',
      sort: [{ _score: 'desc' }, { document_id: 'asc' }, { ordinal: 'asc' }],
      query: {
        bool: {
          should: [{ match: { words: { query: 'prazo entrega' } } }, { match: { stems: { query: 'praz entreg' } } }],
          minimum_should_match: 1,
          filter: permitted,
          must_not: [excluded],
        },
      },
    });
  });

  it('for an empty list of readers or collections permits nothing', () => {
    const query = { words: ['prazo'], stems: [], filter: { collections: [], readers: [] }, limit: 1 };
    expect(lexicalBody(query, [])).toMatchObject({
      query: { bool: { filter: [{ terms: { collection: [] } }, { terms: { readers: [] } }] } },
    });
  });

  it('has no text that is no token, and is none without a token', () => {
    const hostile = ['" OR words : "prazo', 'prazo*', 'a b', '\u0000', ''];
    expect(lexicalBody({ words: hostile, stems: hostile, filter, limit: 1 }, [])).toBeNull();
    expect(lexicalBody({ words: [...hostile, 'prazo'], stems: [], filter, limit: 1 }, [])).toMatchObject({
      query: { bool: { should: [{ match: { words: { query: 'prazo' } } }] } },
    });
  });

  it('has no more tokens than a query may have', () => {
    const words = Array.from({ length: 2_000 }, (_, number) => `w${number}`);
    const text = JSON.stringify(lexicalBody({ words, stems: words, filter: everything, limit: 1 }, []));
    expect(text.match(/w\d+/g)).toHaveLength(900);
  });

  it('for frequencies counts over all passages, whoever may see them', () => {
    expect(frequenciesBody(['praz', 'entreg'])).toEqual({
      size: 0,
      track_total_hits: true,
      timeout: '4s',
      query: { term: { kind: 'passage' } },
      aggs: { stems: { filters: { filters: [{ term: { stems: 'praz' } }, { term: { stems: 'entreg' } }] } } },
    });
    expect(frequenciesBody([])).toEqual({
      size: 0,
      track_total_hits: true,
      timeout: '4s',
      query: { term: { kind: 'passage' } },
    });
  });

  it('for neighbours has the filter inside the search of the graph, and looks at a hundred at least', () => {
    const query = { model: 'small', vector: Float32Array.of(0, 1), filter, limit: 50 };
    expect(nearestBody(query, outdated)).toEqual({
      size: 50,
      ...place,
      track_total_hits: false,
      timeout: '4s',
      query: {
        knn: {
          vector_81db8ebbbbc69c6c: {
            vector: [0, 1],
            k: 100,
            ignore_unmapped: true,
            filter: { bool: { filter: permitted, must_not: [excluded] } },
          },
        },
      },
    });
  });

  it('for neighbours has no filter where everything is permitted', () => {
    const query = { model: 'small', vector: Float32Array.of(0, 1), filter: everything, limit: 200 };
    expect(nearestBody(query, [])).toMatchObject({
      query: { knn: { vector_81db8ebbbbc69c6c: { vector: [0, 1], k: 200, ignore_unmapped: true } } },
    });
    expect(JSON.stringify(nearestBody(query, []))).not.toContain('filter');
  });

  it('for passages without a vector', () => {
    expect(missingVectorBody({ field: 'vector_a', limit: 8 }, outdated)).toEqual({
      size: 8,
      ...place,
      track_total_hits: false,
      timeout: '4s',
      sort: [{ document_id: 'asc' }, { revision: 'asc' }, { ordinal: 'asc' }],
      query: {
        bool: { filter: [{ term: { kind: 'passage' } }], must_not: [{ exists: { field: 'vector_a' } }, excluded] },
      },
    });
  });

  it('for the status', () => {
    expect(overviewBody()).toEqual({
      size: 100,
      _source: ['model', 'field', 'dimensions'],
      track_total_hits: false,
      timeout: '4s',
      sort: [{ model: 'asc' }],
      query: { term: { kind: 'model' } },
      aggs: {
        all: {
          global: {},
          aggs: {
            documents: { filter: { term: { kind: 'document' } }, aggs: { passages: { sum: { field: 'passages' } } } },
          },
        },
      },
    });
    expect(vectorCountsBody(['vector_a', 'vector_b'])).toEqual({
      size: 0,
      track_total_hits: false,
      timeout: '4s',
      query: { term: { kind: 'passage' } },
      aggs: {
        vectors: { filters: { filters: [{ exists: { field: 'vector_a' } }, { exists: { field: 'vector_b' } }] } },
      },
    });
  });

  it('for removing passages never touches a later revision, nor a record', () => {
    const leftovers = [
      { documentId: 'doc_a', before: 3, beyond: { revision: 3, passages: 12 } },
      { documentId: 'doc_b' },
    ];
    expect(leftoversBody(leftovers)).toEqual({
      query: {
        bool: {
          filter: [{ term: { kind: 'passage' } }],
          should: [
            { bool: { filter: [{ term: { document_id: 'doc_a' } }, { range: { revision: { lt: 3 } } }] } },
            {
              bool: {
                filter: [
                  { term: { document_id: 'doc_a' } },
                  { term: { revision: 3 } },
                  { range: { ordinal: { gte: 12 } } },
                ],
              },
            },
            { bool: { filter: [{ term: { document_id: 'doc_b' } }] } },
          ],
          minimum_should_match: 1,
        },
      },
    });
  });
});
