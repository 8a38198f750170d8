import { AppError, isAppError } from '../../../errors/app-error.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { Document } from '../../../models/document.ts';
import type { Principal } from '../../../models/principal.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import type { KeyedLock } from '../ingestion/keyed-lock.ts';
import type { RevisionRef } from '../ingestion/ingestion-job.ts';
import { draftNew, type DocumentUpload } from './upload.ts';

export interface AcceptParts {
  documents: DocumentStore;
  lock: KeyedLock;
  maxFileBytes: number;
}

/** A document that is stored; `waits` when it is still to be read, `isNew` when it was not there before this call. */
export interface AcceptedDocument extends RevisionRef {
  collection: string;
  isNew: boolean;
  waits: boolean;
}

/** A file of several that was not stored. */
export interface RejectedFile {
  fileName: string | null;
  code: ErrorCode;
  detail: Told | null;
}

/** Faults of one file, for which the others of the same upload need not suffer. */
const faultsOfOneFile: ReadonlySet<ErrorCode> = new Set([
  'unsupported_document',
  'document_encrypted',
  'document_empty',
]);

/** Stored at the same time, so that one sync of the disk serves several. */
const filesPerBatch = 8;
const bytesPerBatch = 8 * 1024 * 1024;

/**
 * Stores files as they come, few in memory at a time. When the call fails, by a fault of the uploads or because they end
 * early, what it stored is removed again: an error means that nothing was added. Files that can never be read are told
 * of in `rejected`; when there is no other, the first of their errors is thrown.
 */
export async function acceptUploads(
  parts: AcceptParts,
  principal: Principal,
  uploads: AsyncIterable<DocumentUpload>,
): Promise<{ accepted: AcceptedDocument[]; rejected: RejectedFile[] }> {
  const accepted = new Map<string, AcceptedDocument>();
  const rejected: { fileName: string | null; error: AppError }[] = [];
  try {
    for await (const batch of batchesOf(uploads)) {
      const results = await Promise.allSettled(batch.map((upload) => acceptUpload(parts, principal, upload)));
      const failures = results.flatMap((result, index) => {
        if (result.status === 'rejected')
          return [{ fileName: batch[index]!.fileName, error: result.reason as unknown }];
        if (accepted.get(result.value.id)?.isNew !== true) accepted.set(result.value.id, result.value);
        return [];
      });
      for (const { fileName, error } of failures) {
        if (!isAppError(error) || !faultsOfOneFile.has(error.code)) throw error;
        rejected.push({ fileName, error });
      }
    }
    if (accepted.size === 0) {
      throw rejected[0]?.error ?? new AppError('invalid_request', { detail: told`Send at least one file.` });
    }
  } catch (error) {
    await takeBack(parts, [...accepted.values()]);
    throw error;
  }
  return {
    accepted: [...accepted.values()],
    rejected: rejected.map(({ fileName, error }) => ({ fileName, code: error.code, detail: error.told ?? null })),
  };
}

async function* batchesOf(uploads: AsyncIterable<DocumentUpload>): AsyncGenerator<DocumentUpload[]> {
  let batch: DocumentUpload[] = [];
  let bytes = 0;
  for await (const upload of uploads) {
    batch.push(upload);
    bytes += upload.bytes.byteLength;
    if (batch.length < filesPerBatch && bytes < bytesPerBatch) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

async function acceptUpload(
  { documents, lock, maxFileBytes }: AcceptParts,
  principal: Principal,
  upload: DocumentUpload,
): Promise<AcceptedDocument> {
  const draft = draftNew(principal, upload, maxFileBytes);
  const { document, isNew } = await documents.accept(draft, upload.bytes);
  if (isNew || document.status !== 'failed') return acceptedDocument(document, isNew);
  // It could not be read before: sending it once more asks to try again.
  return lock.hold([document.id], async () => {
    const present = await documents.find(document.id);
    const retried = await documents.accept(draft, upload.bytes, present?.id);
    return acceptedDocument(retried.document, present === undefined && retried.isNew);
  });
}

function acceptedDocument({ id, latestRevision, collection, status }: Document, isNew: boolean): AcceptedDocument {
  return { id, revision: latestRevision, collection, isNew, waits: status === 'processing' };
}

/** Undoes what a failed call accepted, unless somebody else has sent the same meanwhile. */
export async function takeBack({ documents, lock }: AcceptParts, accepted: readonly AcceptedDocument[]): Promise<void> {
  for (const { id, revision, isNew } of accepted) {
    if (!isNew) continue;
    await lock.hold([id], async () => {
      const document = await documents.find(id);
      if (document?.latestRevision === revision && document.revision === 0) await documents.delete(id);
    });
  }
}
