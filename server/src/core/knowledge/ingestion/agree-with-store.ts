import type { RevisionRef } from './ingestion-job.ts';
import type { IngestParts } from './ingest-parts.ts';
import { indexStored, type IndexStoredOptions } from './index-stored.ts';

/**
 * After a revision was put into the index: takes it out again when the store says that it is not in force, because the
 * document was deleted, or its reading cancelled, by another service meanwhile. The lock of a document is of this
 * process alone; between services, whoever wrote the index last looks at the store once more, so that both agree.
 */
export async function agreeWithStore(
  parts: IngestParts,
  { id, revision }: RevisionRef,
  options: IndexStoredOptions,
): Promise<void> {
  const document = await parts.documents.find(id);
  if (document !== undefined && document.revision >= revision) return;
  await parts.index.deleteDocument(id);
  if (document !== undefined && document.revision > 0) await indexStored(parts, [id], options);
}
