import type { Document, DocumentDraft, DocumentMetadata, DocumentStatus } from '../../models/document.ts';
import type { Language } from '../../models/language.ts';
import type { PassageFilter } from '../../models/passage-filter.ts';
import type { Row, SqlValue } from './statement.ts';
import { readFailure, type FailureColumns } from './failure-columns.ts';

/** A row of the view `documents_seen`. */
export function documentOf(row: Row): Document {
  const columns = row as Row & DocumentColumns;
  const draft = draftOf(row);
  return {
    ...draft,
    title: draft.title ?? draft.fileName ?? columns.id,
    id: columns.id,
    revision: columns.revision,
    latestRevision: columns.latest_revision,
    status: columns.status,
    error: readFailure(columns),
    contentHash: columns.content_hash,
    bytes: columns.bytes,
    passageCount: columns.passage_count,
    pageCount: columns.page_count,
    language: columns.language,
    createdAt: new Date(columns.created_at),
    updatedAt: new Date(columns.updated_at),
  };
}

interface DocumentColumns extends FailureColumns {
  id: string;
  revision: number;
  latest_revision: number;
  status: DocumentStatus;
  content_hash: string;
  bytes: number;
  passage_count: number;
  page_count: number | null;
  language: Language | null;
  created_at: number;
  updated_at: number;
}

export function draftOf(row: Row): DocumentDraft {
  const columns = row as Row & DraftColumns;
  return {
    collection: columns.collection,
    title: columns.title,
    mediaType: columns.media_type,
    fileName: columns.file_name,
    metadata: JSON.parse(columns.metadata) as DocumentMetadata,
    readers: JSON.parse(columns.readers) as string[],
    ownerId: columns.owner_id,
  };
}

interface DraftColumns {
  collection: string;
  title: string | null;
  media_type: string;
  file_name: string | null;
  metadata: string;
  readers: string;
  owner_id: string;
}

/** The filter as a condition on columns `collection` and `readers`, and its values. */
export function filterCondition({ collections, readers }: PassageFilter): { sql: string; values: SqlValue[] } {
  return {
    sql: `(?1 is null or collection in (select value from json_each(?1)))
      and (?2 is null or exists (
        select 1 from json_each(readers) one where one.value in (select value from json_each(?2))))`,
    values: [collections, readers].map((list) => (list === null ? null : JSON.stringify(list))),
  };
}
