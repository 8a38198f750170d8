import { passageId, type PassageKey } from '../../../../models/passage-id.ts';
import type { Hit } from '../../../../ports/search-index.ts';
import type { IndexAccess } from '../index-access.ts';
import type { OutdatedRevision } from './queries.ts';
import { recordsInForce } from '../records.ts';
import type { SearchHit } from '../rest/run-searches.ts';

interface FoundPassage extends PassageKey {
  score: number;
}

/** A document that is replaced again and again while it is searched for is shown as the last round found it. */
const mostRounds = 10;

export interface CurrentHitsRequest {
  limit: number;
  /** Searches, leaving out these revisions. */
  search(outdated: readonly OutdatedRevision[]): Promise<readonly SearchHit[]>;
}

/**
 * The hits whose revision is in force, up to `limit`. Others are there for a moment while a document is replaced, or
 * because a writer crashed. Where such a hit took the place of another one, or tells that the search began before a
 * document was replaced, the search is repeated without it: every document is seen as a whole.
 */
export async function currentHits(access: IndexAccess, { limit, search }: CurrentHitsRequest): Promise<Hit[]> {
  const outdated: OutdatedRevision[] = [];
  for (let round = 1; ; round += 1) {
    const found = (await search(outdated)).map(toFound);
    const records = await recordsInForce(access, [...new Set(found.map(({ documentId }) => documentId))]);
    const inForce = ({ documentId }: FoundPassage): number | undefined => records.get(documentId)?.source.revision;
    const current = found.filter((passage) => inForce(passage) === passage.revision);
    const others = found.filter((passage) => inForce(passage) !== passage.revision);
    const isReplaced = others.some((passage) => (inForce(passage) ?? 0) > passage.revision);
    const isShort = others.length > 0 && found.length >= limit;
    if ((!isReplaced && !isShort) || round === mostRounds) return current.map(toHit);
    outdated.push(...distinct(others));
  }
}

function toFound({ fields, _score }: SearchHit): FoundPassage {
  const [documentId] = fields!.document_id;
  const [revision] = fields!.revision;
  const [ordinal] = fields!.ordinal;
  return { documentId, revision, ordinal, score: _score ?? 0 };
}

const toHit = (passage: FoundPassage): Hit => ({ passageId: passageId(passage), score: passage.score });

function distinct(passages: readonly FoundPassage[]): OutdatedRevision[] {
  const revisions = passages.map(({ documentId, revision }): [string, OutdatedRevision] => {
    return [`${revision}:${documentId}`, { documentId, revision }];
  });
  return [...new Map(revisions).values()];
}
