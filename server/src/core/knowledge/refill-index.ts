import type { DocumentStore } from '../../ports/document-store.ts';
import { indexDocuments, type DocumentToIndex } from '../retrieval/index-documents.ts';
import { allPages } from './all-pages.ts';
import type { IngestParts } from './ingest-documents.ts';
import { readRevision } from './read-revision.ts';

const documentsAtOnce = 16;
const everything = { collections: null, readers: null };

export interface RefillOptions {
  signal: AbortSignal;
  /** Told of a document that could not be put back; the others are. */
  onError: (error: unknown) => void;
}

/**
 * Puts the documents in force back into an index that lost them: its file was broken, deleted, or of another version.
 * Their texts are stored, so no file is read again.
 */
export async function refillIndex(parts: IngestParts, { signal, onError }: RefillOptions): Promise<void> {
  const indexed = (await parts.index.status()).documents;
  if ((await countDocuments(parts.documents)) <= indexed) return;
  const ids = await idsInForce(parts.documents);
  if (ids.length <= indexed) return;
  for (let start = 0; start < ids.length && !signal.aborted; start += documentsAtOnce) {
    const batch = ids.slice(start, start + documentsAtOnce);
    await parts.lock.hold(batch, async () => {
      const read = await Promise.all(batch.map((id) => readStored(parts, id, { signal, onError })));
      const found = read.filter((document) => document !== null);
      if (found.length > 0) await indexDocuments(parts, found);
    });
  }
}

async function countDocuments(documents: DocumentStore): Promise<number> {
  let count = 0;
  for await (const collection of allPages((page) => documents.collections(everything, page))) {
    count += collection.documents;
  }
  return count;
}

async function idsInForce(documents: DocumentStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const document of allPages((page) => documents.list({ filter: everything, status: null }, page))) {
    if (document.revision > 0) ids.push(document.id);
  }
  return ids;
}

async function readStored(parts: IngestParts, id: string, options: RefillOptions): Promise<DocumentToIndex | null> {
  try {
    const document = await parts.documents.find(id);
    if (document === undefined) return null;
    const { revision } = document;
    const stored = await parts.documents.findRevision(id, revision);
    if (stored === undefined) return null;
    return (await readRevision(parts, { id, revision, stored }, options)).toIndex;
  } catch (error) {
    options.onError(error);
    return null;
  }
}
