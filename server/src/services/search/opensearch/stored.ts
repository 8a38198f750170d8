import type { Passage } from '../../../models/passage.ts';
import { passageId } from '../../../models/passage-id.ts';
import type { IndexedDocument, IndexedPassage } from '../../../ports/search-index.ts';

// What the index holds. All of it is in one OpenSearch index, so that it appears, moves and vanishes together.

/** Never changed but for its vectors; a new revision of the document has passages of its own. */
export interface StoredPassage {
  kind: 'passage';
  document_id: string;
  revision: number;
  ordinal: number;
  collection: string;
  readers: readonly string[];
  words: string;
  stems: string;
  /** Kept to be given back, not indexed. */
  passage: Pick<Passage, 'title' | 'section' | 'text' | 'start' | 'end' | 'page' | 'language'> &
    // Passages that an older version wrote know the page of their beginning only.
    Partial<Pick<Passage, 'pageBreaks'>>;
}

/** Says which revision of a document queries see. Writing it is what replaces a document; deleting it hides it. */
export interface StoredRecord {
  kind: 'document';
  document_id: string;
  revision: number;
  /** How many the revision has. */
  passages: number;
}

/** In the place of the record of a document that is being written for the first time, or being deleted. */
export interface StoredPlaceholder {
  kind: 'placeholder';
  document_id: string;
}

/** A model that has, or had, vectors in the field. */
export interface StoredModel {
  kind: 'model';
  model: string;
  field: string;
  dimensions: number;
}

/** The revision of the index as a whole. */
export interface StoredState {
  kind: 'state';
  revision: number;
}

export function toStored(document: IndexedDocument, { passage, terms }: IndexedPassage): StoredPassage {
  const { title, section, text, start, end, page, pageBreaks, language } = passage;
  return {
    kind: 'passage',
    document_id: document.documentId,
    revision: document.revision,
    ordinal: passage.ordinal,
    collection: document.collection,
    readers: document.readers,
    words: terms.words,
    stems: terms.stems,
    passage: { title, section, text, start, end, page, pageBreaks, language },
  };
}

export function toPassage({ document_id: documentId, revision, ordinal, collection, passage }: StoredPassage): Passage {
  return {
    id: passageId({ documentId, revision, ordinal }),
    documentId,
    revision,
    ordinal,
    collection,
    pageBreaks: [],
    ...passage,
  };
}
