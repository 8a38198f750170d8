import type { Filter, ObjectId } from 'mongodb';
import type { Document, DocumentDraft, DocumentMetadata } from '../../../models/document.ts';
import type { PassageFilter } from '../../../models/passage-filter.ts';
import type { Part, RecordOfParts } from '../named-parts.ts';
import { failureOf, type KeptFailure } from '../../../errors/failure.ts';

/** A document. Its parts are its revisions: number `n` is `parts[n - 1]`. */
export interface DocumentRecord extends RecordOfParts {
  ownerId: string;
  /** Counts the changes of the record: each is made only to what it was decided on. */
  version: number;
  revision: number;
  latestRevision: number;
  /** The numbers of revisions that have not ended. */
  processing: number[];
  /** What makes two uploads the same document; unique. */
  identity: string;
  /** Of the revision that queries see, else of the latest. */
  shown: DraftFields & Pick<Document, 'passageCount' | 'pageCount' | 'language'> & { identity: string };
  latest: Pick<Document, 'status' | 'contentHash' | 'bytes'> & { error: KeptFailure | null };
  createdAt: Date;
  updatedAt: Date;
}

/** A revision. Its original bytes have its id in the bucket `originals`. */
export interface RevisionRecord extends Part {
  draft: DraftFields;
  identity: string;
  contentHash: string;
  bytes: number;
  /** Every text ever begun, in the bucket `texts`. */
  texts: ObjectId[];
  /** The one that is complete. */
  text: ObjectId | null;
}

/** The metadata as JSON: the names in it may be any, also those that MongoDB reads as its own. */
type DraftFields = Omit<DocumentDraft, 'metadata' | 'ownerId'> & { metadata: string };

/** What lists read of a document: the rest grows with its revisions. */
export type ListedDocument = Omit<DocumentRecord, 'parts' | 'processing'>;

export function draftFields({ collection, title, mediaType, fileName, metadata, readers }: DocumentDraft): DraftFields {
  return { collection, title, mediaType, fileName, metadata: JSON.stringify(metadata), readers };
}

export function draftOf(fields: DraftFields, ownerId: string): DocumentDraft {
  const { collection, title, mediaType, fileName, metadata, readers } = fields;
  return {
    collection,
    title,
    mediaType,
    fileName,
    metadata: JSON.parse(metadata) as DocumentMetadata,
    readers,
    ownerId,
  };
}

/** What is shown of a revision that is not ready. */
export function notReady({ draft, identity }: Pick<RevisionRecord, 'draft' | 'identity'>): DocumentRecord['shown'] {
  return { ...draft, identity, passageCount: 0, pageCount: null, language: null };
}

export function documentOf({ _id, shown, latest, ...record }: ListedDocument): Document {
  const draft = draftOf(shown, record.ownerId);
  const { passageCount, pageCount, language } = shown;
  return {
    ...draft,
    title: draft.title ?? draft.fileName ?? _id,
    id: _id,
    revision: record.revision,
    latestRevision: record.latestRevision,
    ...latest,
    error: latest.error && failureOf(latest.error),
    passageCount,
    pageCount,
    language,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}

export function filterCondition({ collections, readers }: PassageFilter): Filter<DocumentRecord> {
  return {
    ...(collections === null ? {} : { 'shown.collection': { $in: [...collections] } }),
    ...(readers === null ? {} : { 'shown.readers': { $in: [...readers] } }),
  };
}
