import type { ArchivedDocument, ArchivedRevision } from '../../../models/archive.ts';
import type { DocumentStatus } from '../../../models/document.ts';
import { hashOf, identityOf } from '../../document-identity.ts';
import type { Database } from '../database.ts';
import type { DocumentFiles } from '../document-files.ts';
import { documentOf, draftOf } from '../document-rows.ts';
import type { Row, Statement } from '../statement.ts';
import { readRows } from './table-rows.ts';
import { failureValues } from '../failure-columns.ts';

export interface DocumentParts {
  database: Database;
  files: DocumentFiles;
}

export async function* readDocuments(parts: DocumentParts): AsyncGenerator<ArchivedDocument> {
  const from = '(select documents_seen.*, identity from documents_seen join documents using (id))';
  for await (const row of readRows(parts.database, { from, key: ['id'] })) yield readDocument(parts, row);
}

async function readDocument(parts: DocumentParts, row: Row): Promise<ArchivedDocument> {
  const seen = documentOf(row);
  const rows = await parts.database.all(
    'select *, ? as owner_id from document_revisions where document_id = ? order by revision',
    [seen.ownerId, seen.id],
  );
  const revisions: ArchivedRevision[] = [];
  for (const revision of rows) revisions.push(await readRevision(parts, revision));
  return {
    id: seen.id,
    ownerId: seen.ownerId,
    revision: seen.revision,
    identity: row['identity'] as string,
    passageCount: seen.passageCount,
    pageCount: seen.pageCount,
    language: seen.language,
    status: seen.status,
    error: seen.error,
    processing: rows.filter(({ status }) => status === 'processing').map((revision) => revision['revision'] as number),
    revisions,
    createdAt: seen.createdAt,
    updatedAt: seen.updatedAt,
  };
}

async function readRevision({ files }: DocumentParts, row: Row): Promise<ArchivedRevision> {
  const { ownerId: _, ...draft } = draftOf(row);
  const text = await files.readText(row['document_id'] as string, row['revision'] as number);
  return {
    ...draft,
    contentHash: row['content_hash'] as string,
    bytes: row['bytes'] as number,
    textHash: text === undefined ? null : hashOf(JSON.stringify(text)),
  };
}

export function documentStatements(document: ArchivedDocument): Statement[] {
  const { id, ownerId, revision, revisions, identity, createdAt, updatedAt } = document;
  return [
    {
      sql: `insert into documents (id, owner_id, revision, latest_revision, identity, created_at, updated_at)
        values (?, ?, ?, ?, ?, ?, ?)`,
      values: [id, ownerId, revision, revisions.length, identity, createdAt.getTime(), updatedAt.getTime()],
    },
    ...revisions.map((each, index) => insertRevision(document, { ...each, number: index + 1 })),
  ];
}

function insertRevision(document: ArchivedDocument, revision: ArchivedRevision & { number: number }): Statement {
  const { number, collection, title, mediaType, fileName, metadata, readers, contentHash, bytes } = revision;
  const isShown = number === document.revision;
  const isLatest = number === document.revisions.length;
  return {
    sql: `insert into document_revisions (document_id, revision, status, error_code, error_detail, identity, collection,
        title, media_type, file_name, metadata, readers, content_hash, bytes, passage_count, page_count, language)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    values: [
      document.id,
      number,
      statusOf(document, number),
      ...failureValues(isLatest ? document.error : null),
      identityOf(revision, contentHash),
      collection,
      title,
      mediaType,
      fileName,
      JSON.stringify(metadata),
      JSON.stringify(readers),
      contentHash,
      bytes,
      isShown ? document.passageCount : 0,
      isShown ? document.pageCount : null,
      isShown ? document.language : null,
    ],
  };
}

/** Of the revisions that nobody sees, only whether they are still to be read matters. */
function statusOf({ revision, revisions, status, processing }: ArchivedDocument, number: number): DocumentStatus {
  if (number === revisions.length) return status;
  if (processing.includes(number)) return 'processing';
  return number <= revision ? 'ready' : 'failed';
}
