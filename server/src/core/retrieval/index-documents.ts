import { groupDocuments } from '../../models/group-documents.ts';
import type { Passage } from '../../models/passage.ts';
import type { IndexedDocument, SearchIndex, Terms } from '../../ports/search-index.ts';
import type { TextAnalyzer } from './text-analyzer.ts';

export type DocumentToIndex = Omit<IndexedDocument, 'passages'> & { passages: readonly Passage[] };

/** Few enough that writing begins soon, many enough that the cost of a commit is shared. */
const passagesPerStep = 250;

/**
 * Analyses the passages and puts the documents into the index, each atomically. Many small documents in one call are
 * much faster than one call each, and calls may overlap: while the index writes some, the next are analysed.
 */
export async function indexDocuments(
  { index, analyzer }: { index: Pick<SearchIndex, 'replaceDocuments'>; analyzer: Pick<TextAnalyzer, 'analyze'> },
  documents: readonly DocumentToIndex[],
): Promise<void> {
  let writing: Promise<void> | undefined;
  for (const step of groupDocuments(documents, passagesPerStep)) {
    const [terms] = await Promise.all([analyzer.analyze(step.flatMap(({ passages }) => passages)), writing]);
    writing = index.replaceDocuments(withTerms(step, terms));
  }
  await writing;
}

function withTerms(documents: readonly DocumentToIndex[], terms: readonly Terms[]): IndexedDocument[] {
  let next = 0;
  return documents.map((document) => ({
    ...document,
    passages: document.passages.map((passage) => ({ passage, terms: terms[next++]! })),
  }));
}
