import type { Document } from '../../../models/document.ts';
import type { Job } from '../../../models/job.ts';
import type { RejectedFile } from './add-documents.ts';

export interface WaitOptions {
  /** How long to wait for the documents to be read; 0 does not wait. */
  waitMs: number;
  signal: AbortSignal;
}

export interface AddedDocument {
  document: Document;
  /** False: these bytes were there already. */
  isNew: boolean;
  /** null: there was nothing to read. */
  job: Job | null;
}

export interface AddedDocuments {
  documents: readonly Document[];
  rejected: readonly RejectedFile[];
  job: Job;
}
