import type { PassageFilter } from '../../../../models/passage-filter.ts';
import type { LexicalQuery, NearestQuery } from '../../../../ports/search-index.ts';
import { isToken } from '../../is-token.ts';
import { vectorFieldName } from '../names.ts';

// The bodies of all searches. The filter is inside each of them, so that what may not be seen takes no place of what may.

/** A revision of a document whose passages are to be left out: another one is in force. */
export interface OutdatedRevision {
  documentId: string;
  revision: number;
}

/** OpenSearch takes this many clauses in a query; the words and the stems of a question share them with the filter. */
const mostTokens = 450;
/** On the server, so that it does not go on when nobody waits any more. */
const timeout = '4s';
/** A graph is searched for so many neighbours at least: the more, the more surely the nearest are among them. */
const leastNeighbours = 100;

const place = { _source: false, docvalue_fields: ['document_id', 'revision', 'ordinal'] };

/** BM25 over words and stems, equally weighted. Null when there is no term. */
export function lexicalBody(
  { words, stems, filter, limit }: LexicalQuery,
  outdated: readonly OutdatedRevision[],
): object | null {
  const should = [...matchAny('words', words), ...matchAny('stems', stems)];
  if (should.length === 0) return null;
  return {
    size: limit,
    ...place,
    track_total_hits: false,
    timeout,
    // The tie breakers give every replica of the index the same order.
    sort: [{ _score: 'desc' }, { document_id: 'asc' }, { ordinal: 'asc' }],
    query: {
      bool: { should, minimum_should_match: 1, filter: permitted(filter), must_not: outdated.map(ofRevision) },
    },
  };
}

function matchAny(field: 'words' | 'stems', texts: readonly string[]): object[] {
  const tokens = texts.filter(isToken).slice(0, mostTokens);
  return tokens.length === 0 ? [] : [{ match: { [field]: { query: tokens.join(' ') } } }];
}

/** How many passages there are, and how many of them have each stem. */
export function frequenciesBody(stems: readonly string[]): object {
  const filters = countedStems(stems).map((stem) => ({ term: { stems: stem } }));
  return {
    size: 0,
    track_total_hits: true,
    timeout,
    query: { term: { kind: 'passage' } },
    ...(filters.length === 0 ? {} : { aggs: { stems: { filters: { filters } } } }),
  };
}

/** Those stems whose passages are counted: the first ones, as many as a query may have. */
export const countedStems = (stems: readonly string[]): readonly string[] => stems.slice(0, mostTokens);

/** The nearest neighbours among the permitted passages, by cosine similarity. */
export function nearestBody(
  { model, vector, filter, limit }: NearestQuery,
  outdated: readonly OutdatedRevision[],
): object {
  const among = permitted(filter);
  const isLimited = among.length > 0 || outdated.length > 0;
  return {
    size: limit,
    ...place,
    track_total_hits: false,
    timeout,
    query: {
      knn: {
        [vectorFieldName(model)]: {
          vector: [...vector],
          k: Math.max(leastNeighbours, limit),
          // A model that has no vectors yet.
          ignore_unmapped: true,
          ...(isLimited ? { filter: { bool: { filter: among, must_not: outdated.map(ofRevision) } } } : {}),
        },
      },
    },
  };
}

/** Passages without a vector in the field. */
export function missingVectorBody(
  { field, limit }: { field: string; limit: number },
  outdated: readonly OutdatedRevision[],
): object {
  return {
    size: limit,
    ...place,
    track_total_hits: false,
    timeout,
    sort: [{ document_id: 'asc' }, { revision: 'asc' }, { ordinal: 'asc' }],
    query: {
      bool: { filter: [{ term: { kind: 'passage' } }], must_not: [{ exists: { field } }, ...outdated.map(ofRevision)] },
    },
  };
}

const mostModels = 100;

/** The models, and how many documents and passages are in force. */
export function overviewBody(): object {
  return {
    size: mostModels,
    _source: ['model', 'field', 'dimensions'],
    track_total_hits: false,
    timeout,
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
  };
}

/** How many passages have a vector in each of the fields. */
export function vectorCountsBody(fields: readonly string[]): object {
  return {
    size: 0,
    track_total_hits: false,
    timeout,
    query: { term: { kind: 'passage' } },
    aggs: { vectors: { filters: { filters: fields.map((field) => ({ exists: { field } })) } } },
  };
}

/** An empty list is nobody, or nothing: it permits no passage. */
function permitted({ collections, readers }: PassageFilter): object[] {
  return [
    ...(collections === null ? [] : [{ terms: { collection: collections } }]),
    ...(readers === null ? [] : [{ terms: { readers } }]),
  ];
}

function ofRevision({ documentId, revision }: OutdatedRevision): object {
  return { bool: { filter: [{ term: { document_id: documentId } }, { term: { revision } }] } };
}
