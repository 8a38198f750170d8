import type { RetrievedPassage } from '../../src/core/retrieval/retrieval.ts';

const length = 160;
const overlap = 40;

/** Overlapping passages of a text, cut anywhere, as if retrieval had found them all. */
export function cutIntoPassages(documentId: string, text: string): RetrievedPassage[] {
  const passages: RetrievedPassage[] = [];
  for (let start = 0; start < text.length; start += length - overlap) {
    const end = Math.min(text.length, start + length);
    const ordinal = passages.length;
    passages.push({
      passage: {
        id: `${documentId}:1:${ordinal}`,
        documentId,
        revision: 1,
        ordinal,
        collection: 'c',
        title: 'Prazos',
        section: [],
        text: text.slice(start, end),
        start,
        end,
        page: null,
        pageBreaks: [],
        language: 'pt',
      },
      score: 1 / (ordinal + 1),
      lexical: null,
      dense: null,
      coverage: 1,
    });
  }
  return passages;
}
