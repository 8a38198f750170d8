import { isAppError, type AppError } from '../../../errors/app-error.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { Failure } from '../../../errors/failure.ts';
import type { Document, DocumentRevision } from '../../../models/document.ts';
import type { DocumentStore } from '../../../ports/document-store.ts';
import { indexDocuments } from '../../retrieval/index-documents.ts';
import { agreeWithStore } from './agree-with-store.ts';
import type { IngestParts } from './ingest-parts.ts';
import type { RevisionRef } from './ingestion-job.ts';
import { readRevision, type ReadRevision } from '../read-revision.ts';

/** How the ingestion of one revision ended; null when the document is gone. */
export type IngestOutcome = Failure | 'ready' | null;

/** Of the parser: what is wrong with the file, whoever tries again. */
const faultsOfTheFile: ReadonlySet<ErrorCode> = new Set([
  'unsupported_document',
  'document_broken',
  'document_encrypted',
  'document_empty',
  'document_too_expensive',
]);

/**
 * Reads revisions and makes queries see them, all in one change of the index. Bears repetition: a revision that ended
 * already is left alone, and one that was deleted is taken out of the index again. A fault of a file ends its revision
 * as failed; anything else rejects, and then nothing that was not finished has ended.
 */
export async function ingestDocuments(
  parts: IngestParts,
  revisions: readonly RevisionRef[],
  options: { signal: AbortSignal },
): Promise<IngestOutcome[]> {
  const read = await all(revisions.map((revision) => readOrFail(parts, revision, options)));
  const toIndex = read.filter((result) => result !== null);
  await parts.lock.hold(
    toIndex.map(({ toIndex: { documentId } }) => documentId),
    () => showRevisions(parts, toIndex, options),
  );
  return Promise.all(revisions.map((revision) => outcomeOf(parts.documents, revision)));
}

/** Like Promise.all, but nothing runs on after it rejected. */
async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

async function readOrFail(
  parts: IngestParts,
  { id, revision }: RevisionRef,
  options: { signal: AbortSignal },
): Promise<ReadRevision | null> {
  const stored = await waiting(parts.documents, { id, revision });
  if (stored === undefined) {
    // A crash may have left it in the index after it was deleted.
    if ((await parts.documents.find(id)) === undefined) await parts.index.deleteDocument(id);
    return null;
  }
  try {
    return await readRevision(parts, { id, revision, stored }, options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!isAppError(error) || !faultsOfTheFile.has(error.code)) throw error;
    await failRevision(parts.documents, { id, revision }, error);
    return null;
  }
}

/** The revision, when it still waits to be read. */
async function waiting(documents: DocumentStore, { id, revision }: RevisionRef): Promise<DocumentRevision | undefined> {
  const document = await documents.find(id);
  return document !== undefined && waits(document, revision) ? documents.findRevision(id, revision) : undefined;
}

function waits(document: Document, revision: number): boolean {
  if (revision === document.latestRevision) return document.status === 'processing';
  return revision > document.revision;
}

async function showRevisions(
  parts: IngestParts,
  read: readonly ReadRevision[],
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const documents = await Promise.all(read.map(({ toIndex }) => parts.documents.find(toIndex.documentId)));
  const current = read.filter(({ toIndex }, index) => {
    const document = documents[index];
    return document !== undefined && waits(document, toIndex.revision);
  });
  if (current.length === 0) return;
  await indexDocuments(
    parts,
    current.map(({ toIndex }) => toIndex),
  );
  await Promise.all(
    current.map(({ toIndex, outcome }) =>
      parts.documents.finish({ id: toIndex.documentId, revision: toIndex.revision }, outcome),
    ),
  );
  for (const { toIndex } of current) {
    const revision = { id: toIndex.documentId, revision: toIndex.revision };
    await agreeWithStore(parts, revision, { signal, onError: fail });
  }
}

function fail(error: unknown): never {
  throw error;
}

/** Ends a revision as failed, for good. */
export async function failRevision(
  documents: DocumentStore,
  revision: RevisionRef,
  error: Pick<AppError, 'code' | 'told'>,
): Promise<void> {
  const outcome = { code: error.code, detail: error.told ?? null };
  await documents.finish(revision, { status: 'failed', error: outcome });
}

async function outcomeOf(documents: DocumentStore, { id, revision }: RevisionRef): Promise<IngestOutcome> {
  const document = await documents.find(id);
  if (document === undefined) return null;
  return revision === document.latestRevision && document.error !== null ? document.error : 'ready';
}
