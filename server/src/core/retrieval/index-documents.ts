import type { Passage } from '../../models/passage.ts';
import type { IndexedDocument, SearchIndex } from '../../ports/search-index.ts';
import type { TextAnalyzer } from './text-analyzer.ts';

export type DocumentToIndex = Omit<IndexedDocument, 'passages'> & { passages: readonly Passage[] };

/**
 * Analyses the passages and puts the documents into the index, each atomically. Many small documents in one call are
 * much faster than one call each, and calls may overlap: while the index writes one, the next is analysed.
 */
export async function indexDocuments(
  { index, analyzer }: { index: SearchIndex; analyzer: TextAnalyzer },
  documents: readonly DocumentToIndex[],
): Promise<void> {
  const terms = await analyzer.analyze(documents.flatMap((document) => document.passages));
  let next = 0;
  await index.replaceDocuments(
    documents.map((document) => ({
      ...document,
      passages: document.passages.map((passage) => ({ passage, terms: terms[next++]! })),
    })),
  );
}
