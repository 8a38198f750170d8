import { hash } from 'node:crypto';
import type { ModelProfile } from '../../models/language-model.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Engine } from '../../ports/engine.ts';
import { vectorSpace } from './vector-space.ts';

export type EmbedQueries = (
  profile: ModelProfile,
  queries: readonly string[],
  options: { signal: AbortSignal },
) => Promise<Float32Array[]>;

const rememberedQueries = 500;
const timeToLiveMs = 24 * 60 * 60 * 1000;

/**
 * Embeds questions, remembering the last ones here and, for other services too, in the cache: follow-ups and repeated
 * questions cost nothing.
 */
export function createQueryEmbeddings(engine: Engine, cache: Cache): EmbedQueries {
  const remembered = new Map<string, Float32Array>();

  const remember = (key: string, vector: Float32Array): void => {
    remembered.delete(key);
    remembered.set(key, vector);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedQueries && oldest !== undefined) remembered.delete(oldest);
  };
  const find = async (key: string): Promise<Float32Array | undefined> =>
    remembered.get(key) ?? toVector(await cache.get(key));

  return async (profile, queries, options) => {
    const keys = new Map(queries.map((query) => [query, keyOf(profile, query)]));
    const found = new Map<string, Float32Array>();
    const missing: string[] = [];
    for (const [query, key] of keys) {
      const vector = await find(key);
      if (vector === undefined) missing.push(query);
      else found.set(query, vector);
    }
    if (missing.length > 0) {
      const prefixed = missing.map((query) => profile.queryPrefix + query);
      const vectors = await engine.embed(profile.name, prefixed, options);
      for (const [index, query] of missing.entries()) {
        found.set(query, vectors[index]!);
        await cache.set(keys.get(query)!, toText(vectors[index]!), timeToLiveMs);
      }
    }
    for (const [query, key] of keys) remember(key, found.get(query)!);
    return queries.map((query) => found.get(query)!);
  };
}

function keyOf(profile: ModelProfile, query: string): string {
  return `embedding:${hash('sha256', `${vectorSpace(profile)}\n${query}`)}`;
}

function toText(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

function toVector(text: string | undefined): Float32Array | undefined {
  return text === undefined ? undefined : new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}
