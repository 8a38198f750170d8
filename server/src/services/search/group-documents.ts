import type { IndexedDocument } from '../../ports/search-index.ts';

/** Documents in their order, whole, in groups of at most so many passages; a larger one is a group of its own. */
export function* groupDocuments(
  documents: readonly IndexedDocument[],
  mostPassages: number,
): Iterable<IndexedDocument[]> {
  let group: IndexedDocument[] = [];
  let passages = 0;
  for (const document of documents) {
    if (group.length > 0 && passages + document.passages.length > mostPassages) {
      yield group;
      group = [];
      passages = 0;
    }
    group.push(document);
    passages += document.passages.length;
  }
  if (group.length > 0) yield group;
}
