import { AppError } from '../../../../errors/app-error.ts';
import type { Passage } from '../../../../models/passage.ts';
import type { PassageFilter } from '../../../../models/passage-filter.ts';
import { parsePassageId } from '../../../../models/passage-id.ts';
import type { Hit, LexicalQuery, LexicalResult, NearestQuery } from '../../../../ports/search-index.ts';
import { permits } from '../../permits.ts';
import { currentHits } from './current-hits.ts';
import { getStored } from './get-stored.ts';
import type { IndexAccess } from '../index-access.ts';
import { modelId, passageDocumentId, recordId, vectorFieldName } from '../names.ts';
import { countedStems, frequenciesBody, lexicalBody, missingVectorBody, nearestBody } from './queries.ts';
import { Refusal } from '../rest/refusal.ts';
import { runSearch, runSearches, type SearchReply } from '../rest/run-searches.ts';
import {
  toPassage,
  type StoredModel,
  type StoredPassage,
  type StoredPlaceholder,
  type StoredRecord,
} from '../stored.ts';

export async function searchLexical(access: IndexAccess, query: LexicalQuery): Promise<LexicalResult> {
  let frequencies: SearchReply | undefined;
  const hits = await currentHits(access, {
    limit: query.limit,
    async search(outdated) {
      const body = lexicalBody(query, outdated);
      const bodies = [
        ...(frequencies === undefined ? [frequenciesBody(query.stems)] : []),
        ...(body === null ? [] : [body]),
      ];
      if (bodies.length === 0) return [];
      const replies = await runSearches(access, bodies);
      frequencies ??= replies.shift();
      return replies[0]?.hits.hits ?? [];
    },
  });
  return { hits, ...counts(query.stems, frequencies!) };
}

function counts(stems: readonly string[], reply: SearchReply): Omit<LexicalResult, 'hits'> {
  const counted = reply.aggregations?.['stems'] as { buckets: readonly { doc_count: number }[] } | undefined;
  const known = countedStems(stems).map((_, position) => counted?.buckets[position]?.doc_count ?? 0);
  return {
    stemFrequencies: stems.map((_, position) => known[position] ?? 0),
    passages: reply.hits.total?.value ?? 0,
  };
}

export async function searchNearest(access: IndexAccess, query: NearestQuery): Promise<Hit[]> {
  try {
    const hits = await currentHits(access, {
      limit: query.limit,
      async search(outdated) {
        return (await runSearch(access, nearestBody(query, outdated))).hits.hits;
      },
    });
    // The score is (1 + cosine) / 2.
    return hits.map(({ passageId, score }) => ({ passageId, score: 2 * score - 1 }));
  } catch (error) {
    if (error instanceof Refusal && error.status === 400) await checkDimensions(access, query);
    throw error;
  }
}

async function checkDimensions(access: IndexAccess, { model, vector }: NearestQuery): Promise<void> {
  const id = modelId(vectorFieldName(model));
  const known = (await getStored<StoredModel>(access, [id])).get(id);
  if (known !== undefined && known.source.dimensions !== vector.length) throw new AppError('dimension_mismatch');
}

/** The passages of these ids that are in force and pass the filter, in the order of the ids. */
export async function readPassages(
  access: IndexAccess,
  ids: readonly string[],
  filter: PassageFilter,
): Promise<Passage[]> {
  const keys = ids.map((id) => ({ id, ...parsePassageId(id) })).filter(({ documentId }) => documentId !== '');
  const wanted = keys.flatMap(({ id, documentId }) => [recordId(documentId), passageDocumentId(id)]);
  const stored = await getStored<StoredPassage | StoredRecord | StoredPlaceholder>(access, wanted);
  return keys.flatMap(({ id, documentId }) => {
    const record = stored.get(recordId(documentId))?.source;
    const passage = stored.get(passageDocumentId(id))?.source;
    if (passage?.kind !== 'passage' || record?.kind !== 'document' || record.revision !== passage.revision) return [];
    return permits(filter, passage) ? [toPassage(passage)] : [];
  });
}

const everything: PassageFilter = { collections: null, readers: null };

export async function passagesWithoutVector(access: IndexAccess, model: string, limit: number): Promise<Passage[]> {
  const hits = await currentHits(access, {
    limit,
    async search(outdated) {
      const body = missingVectorBody({ field: vectorFieldName(model), limit }, outdated);
      return (await runSearch(access, body)).hits.hits;
    },
  });
  const ids = hits.map(({ passageId }) => passageId);
  return readPassages(access, ids, everything);
}
