import type { Document, DocumentDraft, DocumentRevision, DocumentStatus, ParsedDocument } from '../models/document.ts';
import type { Failure } from '../errors/failure.ts';
import type { Language } from '../models/language.ts';
import type { Page, PageRequest } from '../models/page.ts';
import type { PassageFilter } from '../models/passage-filter.ts';

/**
 * Keeps documents: their records, and of every revision the original bytes and the text, so that a citation of an old
 * revision can still be checked. What resolved survives a crash of the process and of the machine.
 */
export interface DocumentStore extends AsyncDisposable {
  /**
   * Stores a new document, or with `id` a new revision of that one, with its original bytes, as `processing`. The same
   * bytes in the same collection with the same readers are the same document, also when many are accepted at once: then
   * that one comes back with `isNew: false`. The rest of the document stays as it was until the revision is ready.
   * Rejects with `not_found` for an unknown `id`, with `already_exists` when the new revision of `id` would make it the
   * same as another document.
   */
  accept(draft: DocumentDraft, original: Uint8Array, id?: string): Promise<{ document: Document; isNew: boolean }>;
  find(id: string): Promise<Document | undefined>;
  /** Newest first. Rejects with `invalid_request` for a cursor of another list. */
  list(query: DocumentQuery, page: PageRequest): Promise<Page<Document>>;
  /** Collections by name, with the number of documents in each that pass the filter; those without any are left out. */
  collections(filter: PassageFilter, page: PageRequest): Promise<Page<{ name: string; documents: number }>>;
  findRevision(id: string, revision: number): Promise<DocumentRevision | undefined>;
  /** Saves the text of a revision, before the index shows it. Ignored when the document is gone. */
  saveText(id: string, revision: number, parsed: ParsedDocument): Promise<void>;
  /**
   * Ends the processing of a revision, well or badly; ignored when it has ended already. A revision that failed leaves
   * the one before it in force.
   */
  finish(revision: { id: string; revision: number }, outcome: DocumentOutcome): Promise<void>;
  /** Removes record, bytes and texts; removing what is not there is fine. */
  delete(id: string): Promise<void>;
}

export interface DocumentQuery {
  filter: PassageFilter;
  /** null: any. */
  status: DocumentStatus | null;
}

export type DocumentOutcome =
  | { status: 'ready'; title: string; passageCount: number; pageCount: number | null; language: Language }
  | { status: 'failed'; error: Failure };
