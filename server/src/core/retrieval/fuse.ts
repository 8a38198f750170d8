import type { Hit } from '../../ports/search-index.ts';

/** Where a leg found a passage: rank 1 is best; the score is the leg's own. */
export interface LegPosition {
  rank: number;
  score: number;
}

export interface FusedHit {
  passageId: string;
  score: number;
  lexical: LegPosition | null;
  dense: LegPosition | null;
}

export interface LegList {
  leg: 'lexical' | 'dense';
  hits: readonly Hit[];
}

/** Of Cormack, Clarke and Büttcher, Reciprocal Rank Fusion outperforms Condorcet (SIGIR 2009). */
const rankConstant = 60;

/**
 * Reciprocal rank fusion, best first: a passage scores the sum of 1 / (60 + rank) over the lists that have it. The
 * scores of the legs are not compared, so nothing needs calibrating. Of several lists of a leg the best rank is kept.
 */
export function fuse(lists: readonly LegList[]): FusedHit[] {
  const fused = new Map<string, FusedHit>();
  for (const { leg, hits } of lists) {
    for (const [index, { passageId, score }] of hits.entries()) {
      const rank = index + 1;
      const hit = fused.get(passageId) ?? { passageId, score: 0, lexical: null, dense: null };
      hit.score += 1 / (rankConstant + rank);
      if (hit[leg] === null || rank < hit[leg].rank) hit[leg] = { rank, score };
      fused.set(passageId, hit);
    }
  }
  return [...fused.values()].toSorted((a, b) => b.score - a.score);
}
