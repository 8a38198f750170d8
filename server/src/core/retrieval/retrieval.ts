import type { PassageFilter } from '../../models/passage-filter.ts';
import type { Passage } from '../../models/passage.ts';

/** Hybrid retrieval over one index: what `POST /search` and every answer use. */
export interface Retrieval {
  /**
   * Best passages first, by reciprocal rank fusion of the legs of every query. With several queries (the original and
   * a rewritten one) all lists are fused. The dense leg is left out while no embedding model is present.
   */
  search(request: RetrievalRequest, options: { signal: AbortSignal }): Promise<RetrievalResult>;
}

export interface RetrievalRequest {
  queries: readonly string[];
  filter: PassageFilter;
  limit: number;
  /** At most so many passages of one document. */
  perDocument: number;
}

export interface RetrievalResult {
  passages: readonly RetrievedPassage[];
  /** Why a leg is missing, e.g. `no embedding model`. */
  degraded: string | null;
}

export interface RetrievedPassage {
  passage: Passage;
  /** Fused score; only its order means something. */
  score: number;
  /** Rank (1 is best) and raw score in each leg that found it. */
  lexical: { rank: number; score: number } | null;
  dense: { rank: number; score: number } | null;
  /** Share (0..1), weighted by rarity, of the question's stems that occur in this passage. */
  coverage: number;
}
