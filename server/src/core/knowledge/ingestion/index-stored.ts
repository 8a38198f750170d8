import { indexDocuments, type DocumentToIndex } from '../../retrieval/index-documents.ts';
import type { IngestParts } from './ingest-parts.ts';
import type { RevisionRef } from './ingestion-job.ts';
import { readRevision } from '../read-revision.ts';

export interface IndexStoredOptions {
  signal: AbortSignal;
  /** Told of a document that could not be put into the index; the others are. */
  onError: (error: unknown) => void;
}

/**
 * Puts the revisions in force of these documents into the index, from their stored texts, and gives those that were there.
 * Holding the lock is for the caller.
 */
export async function indexStored(
  parts: IngestParts,
  ids: readonly string[],
  options: IndexStoredOptions,
): Promise<RevisionRef[]> {
  const read = await Promise.all(ids.map((id) => readStored(parts, id, options)));
  const found = read.filter((document) => document !== null);
  if (found.length > 0) await indexDocuments(parts, found);
  return found.map(({ documentId: id, revision }) => ({ id, revision }));
}

async function readStored(
  parts: IngestParts,
  id: string,
  options: IndexStoredOptions,
): Promise<DocumentToIndex | null> {
  try {
    const document = await parts.documents.find(id);
    if (document === undefined) return null;
    const { revision } = document;
    const stored = await parts.documents.findRevision(id, revision);
    if (stored === undefined) return null;
    return (await readRevision(parts, { id, revision, stored }, options)).toIndex;
  } catch (error) {
    if (options.onError === undefined) throw error;
    options.onError(error);
    return null;
  }
}
