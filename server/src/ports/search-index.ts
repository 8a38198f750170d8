import type { PassageFilter } from '../models/passage-filter.ts';
import type { Passage } from '../models/passage.ts';

/**
 * Finds passages. It holds copies: everything in it can be rebuilt from the document store.
 * Filters are applied inside each query, never to its result.
 */
export interface SearchIndex extends AsyncDisposable {
  readonly traits: { readonly kind: string };
  /**
   * Replaces all passages of each document by the given ones, each document atomically: a query sees the old passages
   * or the new ones, never both, neither or a part. Older revisions than the one present are ignored.
   */
  replaceDocuments(documents: readonly IndexedDocument[]): Promise<void>;
  deleteDocument(documentId: string): Promise<void>;
  /** Best first by BM25 over the terms; empty when there is no term. */
  lexical(query: LexicalQuery): Promise<Hit[]>;
  /** Best first by cosine similarity; `dimension_mismatch` when the vector does not fit the model's vectors. */
  nearest(query: NearestQuery): Promise<Hit[]>;
  /** The passages of these ids that still exist and pass the filter, in the order of the ids. */
  passages(ids: readonly string[], filter: PassageFilter): Promise<Passage[]>;
  /** Up to `limit` passages that have no vector of this model yet. */
  passagesWithoutEmbedding(model: string, limit: number): Promise<Passage[]>;
  /** Stores vectors (length 1) of passages; those of passages that are gone by now are dropped. */
  putEmbeddings(model: string, embeddings: readonly { passageId: string; vector: Float32Array }[]): Promise<void>;
  status(): Promise<IndexStatus>;
}

export interface IndexedDocument {
  documentId: string;
  revision: number;
  collection: string;
  readers: readonly string[];
  passages: readonly IndexedPassage[];
}

/** `terms` come from `core/retrieval/text-analysis.ts`, the same for every index. */
export interface IndexedPassage {
  passage: Passage;
  terms: Terms;
}

export interface Terms {
  /** Words, lower-cased and without accents, in order. */
  words: readonly string[];
  /** Their stems, without stop words. */
  stems: readonly string[];
}

export interface LexicalQuery {
  terms: Terms;
  filter: PassageFilter;
  limit: number;
}

export interface NearestQuery {
  model: string;
  vector: Float32Array;
  filter: PassageFilter;
  limit: number;
}

export interface Hit {
  passageId: string;
  /** BM25 or cosine: larger is better; comparable only within one leg. */
  score: number;
}

export interface IndexStatus {
  documents: number;
  passages: number;
  /** Changes with every change of what queries can see. */
  revision: number;
  embeddings: readonly { model: string; dimensions: number; passages: number }[];
}
