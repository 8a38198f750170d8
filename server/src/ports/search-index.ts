import type { Told } from '../errors/told.ts';
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
  /** Best first by BM25 over words and stems; no hit when there is no term. */
  lexical(query: LexicalQuery): Promise<LexicalResult>;
  /**
   * Best first by cosine similarity among the vectors of `query.model` only. Rejects with `dimension_mismatch` when the
   * vector does not fit them.
   */
  nearest(query: NearestQuery): Promise<Hit[]>;
  /** The passages of these ids that still exist and pass the filter, in the order of the ids. */
  passages(ids: readonly string[], filter: PassageFilter): Promise<Passage[]>;
  /** Up to `limit` passages that have no vector of this model yet. */
  passagesWithoutEmbedding(model: string, limit: number): Promise<Passage[]>;
  /**
   * Stores vectors (length 1) of passages; those of passages that are gone by now are dropped. Rejects with
   * `dimension_mismatch` when a vector has other dimensions than those of the model before it. Once every passage has a
   * vector of this model, the vectors of other models are dropped.
   */
  putEmbeddings(model: string, embeddings: readonly Embedding[]): Promise<void>;
  status(): Promise<IndexStatus>;
}

export interface IndexedDocument {
  documentId: string;
  revision: number;
  collection: string;
  readers: readonly string[];
  passages: readonly IndexedPassage[];
}

export interface IndexedPassage {
  passage: Passage;
  terms: Terms;
}

/**
 * What an index needs of a text to find it, from `core/retrieval/text-analysis.ts`: the same for every index. Tokens are
 * letters and digits only, separated by single spaces, in the order of the text and with their repetitions.
 */
export interface Terms {
  /** Words, lower-cased and without accents or stop words; identifiers whole and in their parts. */
  words: string;
  /** Stems of the words. */
  stems: string;
}

/** Distinct tokens; a passage matches when it holds any of them. */
export interface LexicalQuery {
  words: readonly string[];
  stems: readonly string[];
  filter: PassageFilter;
  limit: number;
}

export interface LexicalResult {
  hits: Hit[];
  /** How many passages of the whole index hold each stem of the query, in its order. */
  stemFrequencies: readonly number[];
  /** Passages in the whole index. */
  passages: number;
}

export interface NearestQuery {
  /** Whatever names the vectors to compare with; vectors of different names are never compared. */
  model: string;
  /** Of length 1. */
  vector: Float32Array;
  filter: PassageFilter;
  limit: number;
}

export interface Embedding {
  passageId: string;
  /** Of length 1. */
  vector: Float32Array;
}

export interface Hit {
  passageId: string;
  /** BM25 or cosine: larger is better; comparable only within one leg. */
  score: number;
}

export interface IndexStatus {
  documents: number;
  passages: number;
  /** Changes with every change of what queries can see, and never comes back, even after the index was lost. */
  revision: number;
  embeddings: readonly { model: string; dimensions: number; passages: number }[];
  /**
   * Why this index cannot keep vectors, for people; null when it can. Until it can, `nearest` and `putEmbeddings` reject
   * with `part_unavailable`.
   */
  vectorsUnavailable: Told | null;
}
