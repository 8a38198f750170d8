import { AppError, isAppError } from '../../errors/app-error.ts';
import { inEnglish } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { PassageFilter } from '../../models/passage-filter.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Engine } from '../../ports/engine.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import { Deadline } from '../../process/deadline.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { LegList } from './fuse.ts';
import { createQueryEmbeddings } from './query-embeddings.ts';
import { vectorSpace } from './vector-space.ts';

export interface DenseLegPorts {
  index: SearchIndex;
  engine: Engine;
  cache: Cache;
  languageModels: Pick<LanguageModels, 'forEmbedding'>;
}

export interface DenseLegRequest {
  queries: readonly string[];
  filter: PassageFilter;
  limit: number;
}

export interface DenseLegResult {
  lists: LegList[];
  /** Why there is no list. */
  degraded: string | null;
}

export type SearchDense = (request: DenseLegRequest, options: { signal: AbortSignal }) => Promise<DenseLegResult>;

/**
 * Below this share of passages with a vector of the model, those few would push aside better passages that have none
 * yet; above it, what was added a moment ago is still found by its words.
 */
const leastEmbeddedShare = 0.9;
const embeddingTimeoutMs = 3_000;

/** The dense leg of a search. It is left out, with the reason, when it cannot answer; it rejects only on an abort. */
export function createDenseLeg({ index, engine, cache, languageModels }: DenseLegPorts): SearchDense {
  const embedQueries = createQueryEmbeddings(engine, cache);

  async function embedInTime(
    profile: ModelProfile,
    queries: readonly string[],
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    const deadline = new Deadline(signal);
    deadline.set(embeddingTimeoutMs, () => new AppError('timeout'));
    try {
      return await embedQueries(profile, queries, { signal: deadline.signal });
    } finally {
      deadline.end();
    }
  }

  return async ({ queries, filter, limit }, { signal }) => {
    try {
      const profile = await languageModels.forEmbedding();
      if (profile === undefined) return absent('no embedding model');
      const space = vectorSpace(profile);
      const { passages, embeddings, vectorsUnavailable } = await index.status();
      if (vectorsUnavailable !== null) return absent(inEnglish(vectorsUnavailable));
      if (passages === 0) return absent(null);
      const embedded = embeddings.find(({ model }) => model === space)?.passages ?? 0;
      if (embedded < passages * leastEmbeddedShare) {
        return absent(`embedding under way: ${Math.floor((100 * embedded) / passages)} % of passages`);
      }
      const vectors = await embedInTime(profile, queries, signal);
      const nearest = vectors.map((vector) => index.nearest({ model: space, vector, filter, limit }));
      const lists = (await Promise.all(nearest)).map((hits): LegList => ({ leg: 'dense', hits }));
      return { lists, degraded: null };
    } catch (error) {
      signal.throwIfAborted();
      return absent(
        isAppError(error, 'part_unavailable') ? 'the index did not answer' : 'the embedding model did not answer',
      );
    }
  };
}

const absent = (degraded: string | null): DenseLegResult => ({ lists: [], degraded });
