import type { IndexAccess } from '../index-access.ts';
import { overviewBody } from './queries.ts';
import { runSearch } from '../rest/run-searches.ts';
import type { StoredModel } from '../stored.ts';

export interface Overview {
  /** By name. */
  models: StoredModel[];
  /** In force. */
  documents: number;
  passages: number;
}

export async function readOverview(access: IndexAccess): Promise<Overview> {
  const { hits, aggregations } = await runSearch(access, overviewBody());
  const { documents } = aggregations!['all'] as { documents: { doc_count: number; passages: { value: number } } };
  return {
    models: hits.hits.map(({ _source }) => _source as StoredModel),
    documents: documents.doc_count,
    passages: documents.passages.value,
  };
}
