import type { QueryTerm } from './match-expression.ts';
import type { Statements } from './statements.ts';

export interface TermFrequencies {
  /** Forgets the counts of another state of the file; gives the number of passages. Call it inside the snapshot. */
  refresh(): number;
  /** How many passages have the term. */
  of(term: QueryTerm): number;
}

const rememberedTerms = 50_000;

/** Document frequencies, counted by FTS5 once per state of the file. */
export function createTermFrequencies({ rows }: Statements): TermFrequencies {
  const counted = new Map<string, number>();
  let countedAt = -1;
  return {
    refresh() {
      const [generation, passages] = rows<[number, number]>('select generation, passages from index_state')[0]!;
      if (generation !== countedAt || counted.size > rememberedTerms) counted.clear();
      countedAt = generation;
      return passages;
    },
    of({ column, token }) {
      const key = `${column} ${token}`;
      const known = counted.get(key);
      if (known !== undefined) return known;
      const [row] = rows<[number]>('select doc from term_counts where term = ? and col = ?', token, column);
      const count = row?.[0] ?? 0;
      counted.set(key, count);
      return count;
    },
  };
}
