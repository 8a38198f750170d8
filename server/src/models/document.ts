import type { Failure } from '../errors/failure.ts';
import type { Language } from './language.ts';

export type DocumentStatus = 'processing' | 'ready' | 'failed';

export type DocumentMetadata = Readonly<Record<string, string | number | boolean>>;

/** What a document is described by, besides its bytes; each revision has its own. */
export interface DocumentDraft {
  collection: string;
  /** null: the title found in the file, else the name of the file. */
  title: string | null;
  mediaType: string;
  fileName: string | null;
  metadata: DocumentMetadata;
  /** Who may see it: `everyone`, `user:<name>`, `group:<name>`. Never empty, sorted, without repetition. */
  readers: readonly string[];
  ownerId: string;
}

/** One revision, with its content read when asked for. */
export interface DocumentRevision {
  draft: DocumentDraft;
  original(): Promise<Uint8Array>;
  /** Undefined until it was parsed. */
  text(): Promise<ParsedDocument | undefined>;
}

/** Title, collection, readers and the like are those of the revision that queries see, else of the only one. */
export interface Document {
  id: string;
  collection: string;
  title: string;
  mediaType: string;
  fileName: string | null;
  metadata: DocumentMetadata;
  /** As in its draft. */
  readers: readonly string[];
  ownerId: string;
  /** The revision that queries see; 0 until the first one is ready. */
  revision: number;
  /** The newest accepted revision; larger than `revision` while it is processed. */
  latestRevision: number;
  /** Of the latest revision. */
  status: DocumentStatus;
  /** Why the latest revision failed. */
  error: Failure | null;
  /** SHA-256 of the original bytes of the latest revision, hex. */
  contentHash: string;
  /** Of the original bytes of the latest revision. */
  bytes: number;
  /** Of the current revision. */
  passageCount: number;
  pageCount: number | null;
  language: Language | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The text that citations point into: `start` and `end` everywhere are UTF-16 offsets into `text`. */
export interface ParsedDocument {
  /** Title found inside the document, if any. */
  title: string | null;
  text: string;
  /** In order of `start`; the path is the chain of headings, outermost first. */
  sections: readonly { start: number; path: readonly string[] }[];
  /** In order of `start`; empty for formats without pages. Numbers start at 1. */
  pages: readonly PageStart[];
}

/** Where a page begins: an offset into the text, and its number, from 1. */
export interface PageStart {
  start: number;
  number: number;
}
