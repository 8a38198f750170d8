/** How well rankings put relevant documents first, each figure a mean over the questions, 0 to 1. */
export interface RankingMetrics {
  /** Mean reciprocal rank of the first relevant document among the first ten. */
  mrr10: number;
  /** Share of the relevant documents among the first five. */
  recall5: number;
  /** Normalised discounted cumulative gain of the first ten. */
  ndcg10: number;
}

export interface Ranking {
  /** Documents, best first, each once. */
  ranked: readonly string[];
  relevant: readonly string[];
}

export function rankingMetrics(rankings: readonly Ranking[]): RankingMetrics {
  return {
    mrr10: mean(rankings.map(reciprocalRank)),
    recall5: mean(rankings.map(recall)),
    ndcg10: mean(rankings.map(discountedGain)),
  };
}

function reciprocalRank({ ranked, relevant }: Ranking): number {
  const position = ranked.slice(0, 10).findIndex((id) => relevant.includes(id));
  return position === -1 ? 0 : 1 / (position + 1);
}

function recall({ ranked, relevant }: Ranking): number {
  return ranked.slice(0, 5).filter((id) => relevant.includes(id)).length / relevant.length;
}

function discountedGain({ ranked, relevant }: Ranking): number {
  const found = ranked.slice(0, 10).map((id, position) => (relevant.includes(id) ? gain(position) : 0));
  const ideal = relevant.slice(0, 10).map((_, position) => gain(position));
  return sum(found) / sum(ideal);
}

const gain = (position: number): number => 1 / Math.log2(position + 2);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
