import type { PassageFilter } from '../../../models/passage-filter.ts';
import { accessToken, collectionToken, readerToken, type PermittedAccess } from './access.ts';

/** A token of a question in the column of the index it is looked up in. */
export interface QueryTerm {
  column: 'words' | 'stems';
  token: string;
}

export interface MatchRequest {
  /** A passage with any of these is ranked; at least one. */
  terms: readonly QueryTerm[];
  /** Where these are fewer than the terms, a passage without any of them is not considered. */
  required: readonly QueryTerm[];
  filter: PassageFilter;
  permitted: PermittedAccess;
}

/** Every token of the expression costs time in the ranking of every passage. */
const mostAccessTokens = 16;

/** The FTS5 query for passages with any of the terms that pass the filter. */
export function matchExpression({ terms, required, filter, permitted }: MatchRequest): string {
  const clauses = [anyTerm(terms), ...accessClauses(filter, permitted)];
  if (required.length < terms.length) clauses.push(anyTerm(required));
  return clauses.join(' AND ');
}

function anyTerm(terms: readonly QueryTerm[]): string {
  const clauses = (['words', 'stems'] as const).flatMap((column) => {
    const tokens = terms.filter((term) => term.column === column).map((term) => term.token);
    return tokens.length === 0 ? [] : [anyOf(column, tokens)];
  });
  return `(${clauses.join(' OR ')})`;
}

/** By the combinations of collection and readers where these are few, else by the names themselves. */
function accessClauses({ collections, readers }: PassageFilter, { ids, isEverything }: PermittedAccess): string[] {
  if (isEverything) return [];
  if (ids.size <= mostAccessTokens) return [anyOf('access', [...ids].map(accessToken))];
  return [
    ...(collections === null ? [] : [anyOf('access', collections.map(collectionToken))]),
    ...(readers === null ? [] : [anyOf('access', readers.map(readerToken))]),
  ];
}

function anyOf(column: string, tokens: readonly string[]): string {
  return `${column} : (${tokens.map((each) => `"${each}"`).join(' OR ')})`;
}
