import type { IndexStatus } from '../../../../ports/search-index.ts';
import { getStored } from './get-stored.ts';
import type { IndexAccess } from '../index-access.ts';
import { stateId } from '../names.ts';
import { vectorCountsBody } from './queries.ts';
import { readOverview } from './read-overview.ts';
import { runSearch } from '../rest/run-searches.ts';
import type { StoredModel, StoredState } from '../stored.ts';

export type CountedStatus = Omit<IndexStatus, 'vectorsUnavailable'>;

export interface StatusReader {
  /** Undefined when the index is not the one expected, or has no state. */
  read(expectedIndex: string): Promise<CountedStatus | undefined>;
}

/** Counts anew when the revision of the index has changed; otherwise asks for nothing but that. */
export function createStatusReader(access: IndexAccess): StatusReader {
  let last: CountedStatus | undefined;
  return {
    async read(expectedIndex) {
      const state = (await getStored<StoredState>(access, [stateId])).get(stateId);
      if (state === undefined || state.index !== expectedIndex) return undefined;
      const { revision } = state.source;
      if (last?.revision === revision) return last;
      last = { revision, ...(await count(access)) };
      return last;
    },
  };
}

async function count(access: IndexAccess): Promise<Omit<CountedStatus, 'revision'>> {
  const { models, documents, passages } = await readOverview(access);
  return { documents, passages, embeddings: await countVectors(access, models) };
}

async function countVectors(access: IndexAccess, models: readonly StoredModel[]): Promise<IndexStatus['embeddings']> {
  if (models.length === 0) return [];
  const { aggregations } = await runSearch(access, vectorCountsBody(models.map(({ field }) => field)));
  const { buckets } = aggregations!['vectors'] as { buckets: readonly { doc_count: number }[] };
  return models
    .map(({ model, dimensions }, position) => ({ model, dimensions, passages: buckets[position]?.doc_count ?? 0 }))
    .filter(({ passages }) => passages > 0);
}
