import { analyzeQuestion } from '../../src/core/retrieval/text-analysis.ts';
import type { PassageFilter } from '../../src/models/passage-filter.ts';
import type { Hit, LexicalResult, SearchIndex } from '../../src/ports/search-index.ts';

export const all: PassageFilter = { collections: null, readers: null };

/** Of the vectors of the model `small`; no multiple of 16, so that padding is tested. */
export const dimensions = 20;

export const ids = (hits: readonly Hit[]): string[] => hits.map((hit) => hit.passageId);

export function lexical(
  index: SearchIndex,
  question: string,
  { filter = all, limit = 10 }: { filter?: PassageFilter; limit?: number } = {},
): Promise<LexicalResult> {
  const { words, stems } = analyzeQuestion(question);
  return index.lexical({ words, stems, filter, limit });
}

export async function found(index: SearchIndex, question: string, filter = all): Promise<string[]> {
  return ids((await lexical(index, question, { filter })).hits);
}

export function near(index: SearchIndex, axis: number, filter = all): Promise<Hit[]> {
  return index.nearest({ model: 'small', vector: unitVector(dimensions, axis), filter, limit: 3 });
}

/** A vector of length 1 that points mostly along one axis, and by `tilt` along the next. */
export function unitVector(size: number, axis: number, tilt = 0): Float32Array {
  const vector = new Float32Array(size);
  vector[axis] = Math.sqrt(1 - tilt * tilt);
  vector[(axis + 1) % size]! += tilt;
  return vector;
}
