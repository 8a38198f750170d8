import type { PassageFilter } from '../../../models/passage-filter.ts';
import { collectionToken, readerToken } from './access.ts';

export interface MatchTerms {
  words: readonly string[];
  stems: readonly string[];
  filter: PassageFilter;
}

/** What is no token matches nothing: no text gets into the query language of FTS5. */
const token = /^[\p{L}\p{N}]+$/u;

/** The FTS5 query for passages with any of the terms that pass the filter; null when nothing can match. */
export function matchExpression({ words, stems, filter }: MatchTerms): string | null {
  const terms = [anyOf('words', words), anyOf('stems', stems)].filter((clause) => clause !== null);
  const collections = filter.collections && anyOf('access', filter.collections.map(collectionToken));
  const readers = filter.readers && anyOf('access', filter.readers.map(readerToken));
  if (terms.length === 0) return null;
  if (filter.collections !== null && collections === null) return null;
  if (filter.readers !== null && readers === null) return null;
  return [`(${terms.join(' OR ')})`, collections, readers].filter((clause) => clause !== null).join(' AND ');
}

function anyOf(column: string, candidates: readonly string[]): string | null {
  const tokens = candidates.filter((candidate) => token.test(candidate));
  return tokens.length === 0 ? null : `${column} : (${tokens.map((each) => `"${each}"`).join(' OR ')})`;
}
