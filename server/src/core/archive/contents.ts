import { createHash } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { ArchiveKind, ArchiveRecords, ContentRef } from '../../models/archive.ts';
import type { Archive } from '../../ports/archive.ts';

/** What belongs to a record beside it: the originals and texts of a document. */
export function contentsOf<K extends ArchiveKind>(kind: K, record: ArchiveRecords[K]): ContentRef[] {
  if (kind !== 'documents') return [];
  const { id, revisions } = record as ArchiveRecords['documents'];
  return revisions.flatMap(({ contentHash, textHash }, index) => {
    const ref = { documentId: id, revision: index + 1 };
    const original: ContentRef = { ...ref, content: 'original', hash: contentHash };
    return textHash === null ? [original] : [original, { ...ref, content: 'text', hash: textHash }];
  });
}

/** Rejects with `storage_failed` when the bytes are not there or not those that were stored. */
export async function readIntact(archive: Archive, ref: ContentRef): Promise<Uint8Array> {
  const bytes = await archive.readContent(ref).catch((cause: unknown) => {
    throw damaged(ref, cause);
  });
  if (createHash('sha256').update(bytes).digest('hex') === ref.hash) return bytes;
  throw damaged(ref);
}

function damaged({ documentId, revision, content }: ContentRef, cause?: unknown): AppError {
  return new AppError('storage_failed', {
    detail: told`The ${nameOf[content]} of revision ${revision} of document ${documentId} is missing or damaged: delete that document, or bring it back from a backup, and try again.`,
    cause,
  });
}

const nameOf: Readonly<Record<ContentRef['content'], Told>> = { original: told`original`, text: told`text` };
