import { createHash } from 'node:crypto';
import type { Answer, Source } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';
import type { ChatMessage, SamplingOptions } from '../../models/language-model.ts';
import type { PassageFilter } from '../../models/passage-filter.ts';
import type { Cache } from '../../ports/cache.ts';

/** All that decides an answer. Who asks counts only by what they may see. */
export interface CacheKey {
  question: string;
  history: readonly ChatMessage[];
  /** Those before it, also where nothing answered them: a follow-up is rewritten with them. */
  questions: readonly string[];
  filter: PassageFilter;
  indexRevision: number;
  model: string | null;
  /** The digest of the adapter over the model. */
  adapter: string | undefined;
  language: Language;
  sampling: SamplingOptions;
}

export interface CachedAnswer {
  answer: Answer;
  sources: readonly Source[];
}

const timeToLiveMs = 60 * 60 * 1000;

export interface AnswerCache {
  find(key: CacheKey): Promise<CachedAnswer | undefined>;
  put(key: CacheKey, cached: CachedAnswer): Promise<void>;
}

/** Remembers answers that would come out the same again: greedy ones, of a model that did its work. */
export function createAnswerCache(cache: Cache): AnswerCache {
  return {
    async find(key) {
      if (!isRepeatable(key)) return undefined;
      const value = await cache.get(hash(key));
      return value === undefined ? undefined : (JSON.parse(value) as CachedAnswer);
    },
    async put(key, cached) {
      if (!isRepeatable(key)) return;
      await cache.set(hash(key), JSON.stringify(cached), timeToLiveMs);
    },
  };
}

function isRepeatable({ sampling, model }: CacheKey): boolean {
  return model !== null && (sampling.temperature === 0 || sampling.seed !== null);
}

function hash({ question, filter, ...rest }: CacheKey): string {
  const normalised = question.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const seen = { collections: sorted(filter.collections), readers: sorted(filter.readers) };
  return `answer:${createHash('sha256')
    .update(JSON.stringify([normalised, seen, rest]))
    .digest('hex')}`;
}

function sorted(names: readonly string[] | null): readonly string[] | null {
  return names === null ? null : [...new Set(names)].toSorted();
}
