import type { LlamaModel } from 'node-llama-cpp';
import type { LoadContext } from './context/load-context.ts';

export interface Reranker {
  /** Relevance in 0..1; of a text longer than the window, that of its best part. */
  relevance(query: string, text: string): Promise<number>;
  dispose(): Promise<void>;
}

export async function openReranker(model: LlamaModel, { load }: LoadContext): Promise<Reranker> {
  const contextSize = Math.min(load.contextTokens, model.trainContextSize);
  const context = await model.createRankingContext({ contextSize, batchSize: contextSize, threads: 1 });
  return {
    relevance: (query, text) => context.rank(query, text, { onOverflow: 'maxChunk' }),
    dispose: () => context.dispose(),
  };
}
