import type { DocumentStore } from '../../../ports/document-store.ts';
import { agreeWithStore } from './agree-with-store.ts';
import { allPages } from '../all-pages.ts';
import { indexStored, type IndexStoredOptions } from './index-stored.ts';
import type { IngestParts } from './ingest-parts.ts';

const documentsAtOnce = 16;
const everything = { collections: null, readers: null };

/**
 * Puts the documents in force back into an index that lost them: its file was broken, deleted, or of another version.
 * Their texts are stored, so no file is read again.
 */
export async function refillIndex(parts: IngestParts, { signal, onError }: IndexStoredOptions): Promise<void> {
  const present = (await parts.index.status()).documents;
  if ((await countDocuments(parts.documents)) <= present) return;
  const ids = await idsInForce(parts.documents);
  if (ids.length <= present) return;
  for (let start = 0; start < ids.length && !signal.aborted; start += documentsAtOnce) {
    const batch = ids.slice(start, start + documentsAtOnce);
    await parts.lock.hold(batch, async () => {
      const indexed = await indexStored(parts, batch, { signal, onError });
      for (const revision of indexed) await agreeWithStore(parts, revision, { signal, onError });
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
