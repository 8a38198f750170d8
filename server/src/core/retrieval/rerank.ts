import type { Engine } from '../../ports/engine.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { RetrievedPassage } from './retrieval.ts';

export interface RerankPorts {
  engine: Engine;
  languageModels: Pick<LanguageModels, 'forReranking'>;
}

export interface Reranking {
  /** How many passages are worth reading. */
  candidates: number;
  /** Best first by the reranker; as they came, with the reason, when it fails or takes too long. */
  order(
    passages: readonly RetrievedPassage[],
    options: { query: string; signal: AbortSignal },
  ): Promise<{ passages: readonly RetrievedPassage[]; degraded: string | null }>;
}

const rerankedPassages = 24;
const rerankTimeoutMs = 5_000;

/** Orders passages anew with a reranking model, where one is configured and on this machine. */
export function createRerank({ engine, languageModels }: RerankPorts): { begin(limit: number): Promise<Reranking> } {
  return {
    async begin(limit) {
      const profile = await languageModels.forReranking();
      if (profile === undefined) {
        return { candidates: limit, order: async (passages) => ({ passages, degraded: null }) };
      }
      return {
        candidates: Math.max(limit, rerankedPassages),
        async order(passages, { query, signal }) {
          if (passages.length < 2) return { passages, degraded: null };
          try {
            const scores = await engine.rerank(
              { model: profile.name, query, texts: passages.map(({ passage }) => passage.text) },
              { signal: AbortSignal.any([signal, AbortSignal.timeout(rerankTimeoutMs)]) },
            );
            const scored = passages.map((passage, position) => ({ ...passage, score: scores[position] ?? 0 }));
            return { passages: scored.toSorted((a, b) => b.score - a.score), degraded: null };
          } catch {
            signal.throwIfAborted();
            return { passages, degraded: 'the reranking model did not answer' };
          }
        },
      };
    },
  };
}
