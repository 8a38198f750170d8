import type { Document, DocumentStatus } from '../../models/document.ts';
import type { Job } from '../../models/job.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Passage } from '../../models/passage.ts';
import type { Principal } from '../../models/principal.ts';
import { permittedPassages } from '../auth/permitted-passages.ts';
import { addMany, addOne, describeOne, replaceOne } from './adding/add-and-wait.ts';
import type { AddedDocument, AddedDocuments, WaitOptions } from './adding/added-documents.ts';
import { cancelIngestion } from './ingestion/cancel-ingestion.ts';
import { assertMayChange, assertVisible } from './document-access.ts';
import { createIngestionLoop } from './ingestion/ingestion-loop.ts';
import type { IngestionParts } from './ingestion/ingestion.ts';
import { createKeyedLock } from './ingestion/keyed-lock.ts';
import {
  findContent,
  findOriginal,
  findPassages,
  type DocumentContent,
  type OriginalFile,
  type RevisionRequest,
} from './ingestion/read-content.ts';
import type { DocumentDescription, DocumentUpload } from './adding/upload.ts';

export interface KnowledgeOptions extends Omit<IngestionParts, 'lock'> {
  /** Whether other services work on the same stores. */
  isShared?: boolean;
  now: () => Date;
  /** Largest accepted file; 64 MiB by default. */
  maxFileBytes?: number;
  /** Told what went wrong in the background outside of any document. */
  onError?: (error: unknown) => void;
}

/**
 * The documents that answers come from. Everything is decided by what the principal may see: what they may not is
 * `not_found`. Adding is durable when it resolves; reading and indexing is a job that goes on after any crash.
 */
export interface Knowledge {
  readonly maxFileBytes: number;
  /**
   * Adds one file. When it is read within `waitMs` the job has ended, and a file that cannot be read rejects with its
   * code and leaves nothing. Rejects with `forbidden` for a collection outside the key's.
   */
  add(principal: Principal, upload: DocumentUpload, wait: WaitOptions): Promise<AddedDocument>;
  /** Adds many files with one job; files that cannot be read are told of in `rejected`, or become `failed` documents. */
  addMany(principal: Principal, uploads: AsyncIterable<DocumentUpload>, wait: WaitOptions): Promise<AddedDocuments>;
  /**
   * Adds a revision, which replaces the one before it in one step when it is ready. One that cannot be read rejects
   * with its code when that is known within `waitMs`; the one before it stays in force.
   */
  replace(
    principal: Principal,
    change: { id: string; upload: DocumentUpload },
    wait: WaitOptions,
  ): Promise<AddedDocument>;
  /** As `replace` with the same file: changes what is said of a document. Who might not read it before reads it only as it is then. */
  describe(
    principal: Principal,
    change: { id: string; description: DocumentDescription },
    wait: WaitOptions,
  ): Promise<AddedDocument>;
  /** Resolves when no query finds it any more, and its bytes and texts are gone. */
  delete(principal: Principal, id: string): Promise<void>;
  get(principal: Principal, id: string): Promise<Document>;
  list(principal: Principal, query: KnowledgeQuery, page: PageRequest): Promise<Page<Document>>;
  collections(principal: Principal, page: PageRequest): Promise<Page<{ name: string; documents: number }>>;
  /** The text of a revision, by default of the one in force. Rejects with `conflict` while it is not known. */
  content(principal: Principal, request: RevisionRequest): Promise<DocumentContent>;
  /** How that text was cut for searching. Rejects as `content` does. */
  passages(principal: Principal, request: RevisionRequest): Promise<readonly Passage[]>;
  /** The file of a revision, by default of the one in force, else of the latest. */
  original(principal: Principal, request: RevisionRequest): Promise<OriginalFile>;
  /** Stops reading what the job has not read yet; false when it had ended already. Who may is for the caller to decide. */
  cancelIngestion(job: Job): Promise<boolean>;
  /** Reads and indexes what was added, here or by a process before; resolves after the signal aborts. */
  runIngestion(signal: AbortSignal): Promise<void>;
}

export interface KnowledgeQuery {
  collection?: string | undefined;
  status?: DocumentStatus | undefined;
}

export const defaultMaxFileBytes = 64 * 1024 * 1024;

export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { documents, index, jobs, maxFileBytes = defaultMaxFileBytes, onError = () => undefined } = options;
  const lock = createKeyedLock();
  const loop = createIngestionLoop({ isShared: false, ...options, lock, onError });
  const parts = { documents, jobs, lock, loop, maxFileBytes };

  return {
    maxFileBytes,
    add: (principal, upload, wait) => addOne(parts, principal, { upload, wait }),
    addMany: (principal, uploads, wait) => addMany(parts, principal, { uploads, wait }),
    replace: (principal, change, wait) => replaceOne(parts, principal, { ...change, wait }),
    describe: (principal, change, wait) => describeOne(parts, principal, { ...change, wait }),
    delete: (principal, id) =>
      lock.hold([id], async () => {
        assertMayChange(principal, await documents.find(id));
        // Should the second step fail, the document can be deleted again, or read again from what is stored.
        await index.deleteDocument(id);
        await documents.delete(id);
        // Another service may have put it back between the two; from now on it sees that the document is gone.
        await index.deleteDocument(id);
      }),
    async get(principal, id) {
      const document = await documents.find(id);
      assertVisible(principal, document);
      return document;
    },
    async list(principal, { collection, status }, page) {
      const filter = permittedPassages(principal, { collections: collection === undefined ? undefined : [collection] });
      return documents.list({ filter, status: status ?? null }, page);
    },
    collections: (principal, page) => documents.collections(permittedPassages(principal), page),
    content: (principal, request) => findContent(documents, principal, request),
    passages: (principal, request) => findPassages(documents, principal, request),
    original: (principal, request) => findOriginal(documents, principal, request),
    cancelIngestion: (job) => cancelIngestion({ documents, jobs, index, lock }, job),
    runIngestion: loop.run,
  };
}
