import type { Document, ParsedDocument } from '../models/document.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Language } from '../models/language.ts';
import type { Page, PageRequest } from '../models/page.ts';
import type { PassageFilter } from '../models/passage-filter.ts';

/** Keeps documents: their records, original bytes, and the text of each revision. Acknowledged writes survive a crash. */
export interface DocumentStore {
  /**
   * Stores a new document, or a new revision of `draft.id`, with its original bytes, as `processing`. The same bytes in
   * the same collection with the same readers are the same document: then that one comes back with `isNew: false`.
   * Rejects with `not_found` for an unknown `draft.id`.
   */
  accept(draft: DocumentDraft, original: Uint8Array): Promise<{ document: Document; isNew: boolean }>;
  find(id: string): Promise<Document | undefined>;
  /** Newest first. */
  list(filter: PassageFilter, page: PageRequest): Promise<Page<Document>>;
  original(id: string, revision: number): Promise<Uint8Array | undefined>;
  /** Saves the text of a revision before the index shows it. */
  saveText(id: string, revision: number, parsed: ParsedDocument): Promise<void>;
  text(id: string, revision: number): Promise<ParsedDocument | undefined>;
  /** Ends the processing of a revision, well or badly; ignored when a later revision is current already. */
  finish(id: string, revision: number, outcome: DocumentOutcome): Promise<void>;
  /** Removes record, bytes and texts; removing what is not there is fine. */
  delete(id: string): Promise<void>;
}

export interface DocumentDraft {
  /** null: a new document. */
  id: string | null;
  collection: string;
  title: string;
  mediaType: string;
  fileName: string | null;
  metadata: Readonly<Record<string, string | number | boolean>>;
  readers: readonly string[];
  ownerId: string;
}

export type DocumentOutcome =
  | { status: 'ready'; title: string; passageCount: number; pageCount: number | null; language: Language }
  | { status: 'failed'; error: { code: ErrorCode; detail: string | null } };
