/** Documents in their order, whole, in groups of at most so many passages; a larger one is a group of its own. */
export function* groupDocuments<Document extends { passages: readonly unknown[] }>(
  documents: readonly Document[],
  mostPassages: number,
): Iterable<Document[]> {
  let group: Document[] = [];
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
