import type { ModelProfile } from '../../models/language-model.ts';
import type { Engine } from '../../ports/engine.ts';
import { vectorSpace } from './vector-space.ts';

export type EmbedQueries = (
  profile: ModelProfile,
  queries: readonly string[],
  options: { signal: AbortSignal },
) => Promise<Float32Array[]>;

const rememberedQueries = 500;

/** Embeds questions, remembering the last ones: follow-ups and repeated questions cost nothing. */
export function createQueryEmbeddings(engine: Engine): EmbedQueries {
  const remembered = new Map<string, Float32Array>();

  const remember = (key: string, vector: Float32Array): void => {
    remembered.delete(key);
    remembered.set(key, vector);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedQueries && oldest !== undefined) remembered.delete(oldest);
  };

  return async (profile, queries, options) => {
    const keyOf = (query: string): string => `${vectorSpace(profile)}\n${query}`;
    const found = new Map(queries.map((query) => [query, remembered.get(keyOf(query))]));
    const missing = [...found].filter(([, vector]) => vector === undefined).map(([query]) => query);
    if (missing.length > 0) {
      const prefixed = missing.map((query) => profile.queryPrefix + query);
      const vectors = await engine.embed(profile.name, prefixed, options);
      for (const [index, query] of missing.entries()) found.set(query, vectors[index]);
    }
    return queries.map((query) => {
      const vector = found.get(query)!;
      remember(keyOf(query), vector);
      return vector;
    });
  };
}
