import { everyone } from '../../src/models/passage-filter.ts';
import type { Language } from '../../src/models/language.ts';
import type { Passage } from '../../src/models/passage.ts';
import type { DocumentToIndex } from '../../src/core/retrieval/index-documents.ts';
import { analyzePassage } from '../../src/core/retrieval/text-analysis.ts';
import type { IndexedDocument } from '../../src/ports/search-index.ts';

export interface DocumentSketch {
  id: string;
  /** One passage each. */
  texts: readonly string[];
  revision?: number;
  collection?: string;
  readers?: readonly string[];
  title?: string;
  section?: readonly string[];
  language?: Language;
}

/** A document whose text is its passages, one after the other. */
function documentToIndex(sketch: DocumentSketch): DocumentToIndex {
  const { id, texts, revision = 1, collection = 'policies', readers = [everyone] } = sketch;
  let start = 0;
  const passages = texts.map((text, ordinal): Passage => {
    const passage: Passage = {
      id: `${id}:${revision}:${ordinal}`,
      documentId: id,
      revision,
      ordinal,
      collection,
      title: sketch.title ?? '',
      section: sketch.section ?? [],
      text,
      start,
      end: start + text.length,
      page: null,
      pageBreaks: [],
      language: sketch.language ?? 'pt',
    };
    start = passage.end + 1;
    return passage;
  });
  return { documentId: id, revision, collection, readers, passages };
}

export function indexedDocument(sketch: DocumentSketch): IndexedDocument {
  const document = documentToIndex(sketch);
  return {
    ...document,
    passages: document.passages.map((passage) => ({ passage, terms: analyzePassage(passage) })),
  };
}
