import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { DocumentDraft, DocumentMetadata } from '../../../models/document.ts';
import type { Principal } from '../../../models/principal.ts';
import { permittedPassages } from '../../auth/permitted-passages.ts';
import { mediaTypeOf } from '../media-type.ts';
import { readersFrom, type ReaderList } from '../readers.ts';

/** What is said of a document. What is undefined was not said. */
export interface DocumentDescription {
  title?: string | undefined;
  metadata?: DocumentMetadata | undefined;
  collection?: string | undefined;
  readers?: ReaderList | undefined;
}

/** A file or text that somebody wants to be answered from. */
export interface DocumentUpload extends DocumentDescription {
  bytes: Uint8Array;
  /** The content type the sender gave. */
  declared: string | null;
  fileName: string | null;
}

export const defaultCollection = 'default';

/** Throws for what is not accepted: too large, empty, of a type that is not read, or into a forbidden collection. */
export function draftNew(principal: Principal, upload: DocumentUpload, maxFileBytes: number): DocumentDraft {
  const collection = upload.collection ?? onlyCollection(principal) ?? defaultCollection;
  permittedPassages(principal, { collections: [collection] });
  return {
    collection,
    title: upload.title ?? null,
    mediaType: acceptedMediaType(upload, maxFileBytes),
    fileName: upload.fileName,
    metadata: upload.metadata ?? {},
    readers: readersFrom(upload.readers ?? null, principal),
    ownerId: principal.userId,
  };
}

/** Like `draftNew`; what was not said stays as it is in the draft of the revision before, and the title that is shown. */
export function draftRevision(
  principal: Principal,
  upload: DocumentUpload,
  { draft, title, maxFileBytes }: { draft: DocumentDraft; title: string; maxFileBytes: number },
): DocumentDraft {
  const collection = upload.collection ?? draft.collection;
  permittedPassages(principal, { collections: [collection] });
  return {
    collection,
    // A file has a title or a name of its own; a text has none.
    title: upload.title ?? (upload.fileName === null ? (draft.title ?? title) : null),
    mediaType: acceptedMediaType(upload, maxFileBytes),
    fileName: upload.fileName,
    metadata: upload.metadata ?? draft.metadata,
    readers: upload.readers === undefined ? draft.readers : readersFrom(upload.readers, principal),
    ownerId: draft.ownerId,
  };
}

function onlyCollection({ collections }: Principal): string | undefined {
  return collections?.length === 1 ? collections[0] : undefined;
}

function acceptedMediaType(upload: DocumentUpload, maxFileBytes: number): string {
  if (upload.bytes.byteLength > maxFileBytes) {
    throw new AppError('body_too_large', { detail: told`A file may have ${maxFileBytes} bytes.` });
  }
  if (upload.bytes.byteLength === 0) throw new AppError('document_empty', { detail: told`The file has no content.` });
  return mediaTypeOf(upload);
}
