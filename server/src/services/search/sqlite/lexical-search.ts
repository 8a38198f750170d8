import type SqliteDatabase from 'libsql';
import type { LexicalQuery, LexicalResult } from '../../../ports/search-index.ts';
import { matchExpression } from './match-expression.ts';
import { passageId } from '../../../models/passage-id.ts';
import { inSnapshot, type Statements } from './statements.ts';

const search = `
select d.document_id, d.revision, p.ordinal, h.score
from (
  select rowid as id, bm25(terms, 1, 1, 0) as score from terms where terms match ? order by score, rowid limit ?
) h join passages p on p.id = h.id join documents d on d.id = p.document
order by h.score, h.id`;

/** BM25 over words and stems, equally weighted, of the permitted passages. */
export function createLexicalSearch(
  database: SqliteDatabase.Database,
  { rows }: Statements,
): (query: LexicalQuery) => LexicalResult {
  const frequency = (stem: string): number =>
    rows<[number]>(`select doc from term_counts where term = ? and col = 'stems'`, stem)[0]?.[0] ?? 0;

  return (query) =>
    inSnapshot(database, () => {
      const [passages] = rows<[number]>('select passages from index_state')[0]!;
      const expression = matchExpression(query);
      const found = expression === null ? [] : rows<[string, number, number, number]>(search, expression, query.limit);
      return {
        hits: found.map(([documentId, revision, ordinal, score]) => ({
          passageId: passageId({ documentId, revision, ordinal }),
          // FTS5 gives the best the smallest number.
          score: -score,
        })),
        stemFrequencies: query.stems.map(frequency),
        passages,
      };
    });
}
