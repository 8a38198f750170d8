import type { StoredModel } from '../stored.ts';

/** Raised with every change of the mapping: an index of an older version is copied into one of this version. */
export const mappingVersion = 1;

/**
 * `memory`: a Lucene graph (HNSW). `disk`: a faiss graph of compressed vectors, whose best hits are scored again with the
 * exact ones from the disk. `none`: without the k-NN plugin.
 */
export type VectorStorage = 'memory' | 'disk' | 'none';

/** What an index says of itself. */
export interface IndexMeta {
  mapping_version: number;
  vectors: VectorStorage;
}

export interface IndexRequest {
  vectors: VectorStorage;
  models: readonly Pick<StoredModel, 'field' | 'dimensions'>[];
  aliases: readonly string[];
}

const keyword = { type: 'keyword' };
// The text is analysed before it comes here: what is between spaces is a token. Positions are not needed.
const tokens = { type: 'text', analyzer: 'whitespace', index_options: 'freqs' };

export const baseFields = {
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
} as const;

/** The body that creates an index. How many shards it has is left to the templates of the cluster. */
export function indexBody({ vectors, models, aliases }: IndexRequest): object {
  const meta: IndexMeta = { mapping_version: mappingVersion, vectors };
  return {
    settings: {
      index: {
        ...(vectors === 'none' ? {} : { knn: true }),
        auto_expand_replicas: '0-1',
        // Every change is made visible by a refresh of its own.
        refresh_interval: '5s',
      },
    },
    mappings: {
      dynamic: 'strict',
      _meta: meta,
      properties: {
        ...baseFields,
        ...Object.fromEntries(models.map(({ field, dimensions }) => [field, vectorField(dimensions, vectors)])),
      },
    },
    aliases: Object.fromEntries(aliases.map((alias) => [alias, {}])),
  };
}

export function vectorField(dimension: number, vectors: VectorStorage): object {
  const space = { space_type: 'cosinesimil' };
  if (vectors === 'disk') {
    return { type: 'knn_vector', dimension, ...space, mode: 'on_disk', method: { name: 'hnsw', engine: 'faiss' } };
  }
  const parameters = { m: 16, ef_construction: 100 };
  return { type: 'knn_vector', dimension, method: { name: 'hnsw', engine: 'lucene', ...space, parameters } };
}
