import type { LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp';
import { EngineFailure } from './engine-failure.ts';
import type { LoadContext } from './context/load-context.ts';
import { tokensOfText } from './prompt/tokens-of-text.ts';
import { told } from '../../../../errors/told.ts';

export interface Embedder {
  embed(text: string): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Two special tokens around each window, and one place that the library keeps free. */
const reservedTokens = 3;
/** A text of more windows is no passage. */
const mostWindows = 64;

/**
 * Vectors of length 1, pooled as the model's file says. A text longer than the window of the model is embedded in
 * windows, and their vectors are averaged by their number of tokens: no part of it is dropped.
 */
export async function openEmbedder(model: LlamaModel, { load }: LoadContext): Promise<Embedder> {
  const window = Math.min(load.contextTokens, model.trainContextSize);
  // One thread: a second one that spins beside a busy core made a text of 5 ms take 1.4 s.
  const context = await model.createEmbeddingContext({ contextSize: window, batchSize: window, threads: 1 });
  return {
    async embed(text) {
      const tokens = tokensOfText(model, text);
      const windows = splitTokens(tokens, window - reservedTokens);
      const sum = new Float32Array(model.embeddingVectorSize);
      for (const part of windows) await addVector(sum, context, part);
      return normalise(sum);
    },
    dispose: () => context.dispose(),
  };
}

function splitTokens(tokens: Token[], size: number): Token[][] {
  const count = Math.max(1, Math.ceil(tokens.length / size));
  if (count > mostWindows) {
    throw new EngineFailure(
      'context_too_long',
      told`A text to embed has ${tokens.length} tokens; split it into passages.`,
    );
  }
  return Array.from({ length: count }, (_, index) => tokens.slice(index * size, (index + 1) * size));
}

async function addVector(sum: Float32Array, context: LlamaEmbeddingContext, tokens: Token[]): Promise<void> {
  if (tokens.length === 0) return;
  const { vector } = await context.getEmbeddingFor(tokens);
  const scale = tokens.length / (Math.hypot(...vector) || 1);
  vector.forEach((value, index) => (sum[index] = (sum[index] ?? 0) + value * scale));
}

function normalise(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
