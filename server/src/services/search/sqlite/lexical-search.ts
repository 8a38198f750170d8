import type SqliteDatabase from 'libsql';
import type { Hit, LexicalQuery, LexicalResult } from '../../../ports/search-index.ts';
import { isToken } from '../is-token.ts';
import { createFindPermitted } from './access.ts';
import { matchExpression, type QueryTerm } from './match-expression.ts';
import { createNamePassages } from './passage-names.ts';
import { inSnapshot, type Statements } from './statements.ts';
import { createTermFrequencies } from './term-frequencies.ts';

/** Passages to rank at the least, before terms that are in very many of them are left to ranking alone. */
const consideredPassages = 4_000;

const search =
  'select rowid, bm25(terms, 1, 1, 0) as score from terms where terms match ? order by score, rowid limit ?';

/** BM25 over words and stems, equally weighted, of the permitted passages. */
export function createLexicalSearch(
  database: SqliteDatabase.Database,
  statements: Statements,
): (query: LexicalQuery) => LexicalResult {
  const frequencies = createTermFrequencies(statements);
  const findPermitted = createFindPermitted(statements);
  const namePassages = createNamePassages(statements);

  const matching = (expression: string, limit: number): Hit[] => {
    const found = statements.rows<[id: number, score: number]>(search, expression, limit);
    const names = namePassages(found.map(([id]) => id));
    // FTS5 gives the best the smallest number.
    return found.map(([, score], index) => ({ passageId: names[index]!, score: -score }));
  };

  const bestHits = ({ words, stems, filter, limit }: LexicalQuery, passages: number): Hit[] => {
    const permitted = findPermitted(filter);
    const terms = [...termsOf('words', words), ...termsOf('stems', stems)];
    if (terms.length === 0 || permitted.ids.size === 0) return [];
    // Where few passages are permitted, naming terms a second time costs more than ranking all that have any.
    const areFew = passages * permitted.share <= consideredPassages;
    const required = areFew ? terms : rarest(terms, frequencies.of);
    const hits = matching(matchExpression({ terms, required, filter, permitted }), limit);
    if (hits.length === limit || required.length === terms.length) return hits;
    return matching(matchExpression({ terms, required: terms, filter, permitted }), limit);
  };

  return (query) =>
    inSnapshot(database, () => {
      const passages = frequencies.refresh();
      return {
        hits: bestHits(query, passages),
        stemFrequencies: query.stems.map((stem) => frequencies.of({ column: 'stems', token: stem })),
        passages,
      };
    });
}

const termsOf = (column: QueryTerm['column'], tokens: readonly string[]): QueryTerm[] =>
  tokens.filter(isToken).map((token) => ({ column, token }));

/**
 * The rarest terms that are together in enough passages. What has none of them is hardly ever among the best, and
 * ranking it is what takes the time in a large index.
 */
function rarest(terms: readonly QueryTerm[], frequency: (term: QueryTerm) => number): QueryTerm[] {
  const chosen: QueryTerm[] = [];
  let passages = 0;
  for (const term of terms.toSorted((a, b) => frequency(a) - frequency(b))) {
    if (passages >= consideredPassages) break;
    chosen.push(term);
    passages += frequency(term);
  }
  return chosen;
}
