import type { IndexAccess } from '../index-access.ts';
import { Refusal, type RefusalBody } from '../rest/refusal.ts';

/** A document of the index as it is now, whether queries see it already or not. */
export interface Stored<Source> {
  id: string;
  /** The OpenSearch index it is in. */
  index: string;
  source: Source;
  /** Makes a change conditional on the document being what was read. */
  condition: { if_seq_no: number; if_primary_term: number };
}

interface MultiGetReply<Source> {
  docs: readonly {
    _id: string;
    _index: string;
    found?: boolean;
    error?: RefusalBody;
    _source?: Source;
    _seq_no?: number;
    _primary_term?: number;
  }[];
}

/** The documents of these ids that exist, by their ids, without what is only there to be searched. */
export async function getStored<Source>(
  { client, names }: IndexAccess,
  ids: readonly string[],
): Promise<Map<string, Stored<Source>>> {
  if (ids.length === 0) return new Map();
  const { docs } = await client.send<MultiGetReply<Source>>({
    method: 'POST',
    path: `/${names.read}/_mget`,
    query: { _source_excludes: 'vector_*,words,stems' },
    body: { ids: [...new Set(ids)] },
  });
  const found = docs.flatMap((document): Stored<Source>[] => {
    if (document.error !== undefined) throw asRefusal(document.error);
    const { _id: id, _index: index, _source: source, _seq_no, _primary_term } = document;
    if (source === undefined || _seq_no === undefined || _primary_term === undefined) return [];
    return [{ id, index, source, condition: { if_seq_no: _seq_no, if_primary_term: _primary_term } }];
  });
  return new Map(found.map((stored) => [stored.id, stored]));
}

/** An item has no status: the index is missing, or its shard is not ready. */
function asRefusal(error: RefusalBody): Refusal {
  return new Refusal(error.type === 'index_not_found_exception' ? 404 : 503, error);
}
