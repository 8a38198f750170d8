import type { Db, ObjectId } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { failureOf } from '../../../errors/failure.ts';
import type { ArchivedDocument, ArchivedRevision, ContentRef } from '../../../models/archive.ts';
import { hashOf, identityOf } from '../../document-identity.ts';
import type { MongoConnection } from '../connection.ts';
import { readFile, removeFiles, writeFile } from '../documents/document-files.ts';
import {
  draftFields,
  draftOf,
  notReady,
  type DocumentRecord,
  type RevisionRecord,
} from '../documents/document-records.ts';
import { documentsIn, findRevision, readText, revisionsIn } from '../documents/revisions.ts';
import { derivedId } from './derived-id.ts';
import { readInOrder } from './ordered-records.ts';

export async function* readDocuments(connection: MongoConnection): AsyncGenerator<ArchivedDocument> {
  for await (const record of readInOrder<DocumentRecord>(connection, { collection: 'documents' })) {
    const revisions = await readRevisions(connection, record);
    if (revisions === undefined) continue;
    const { _id, ownerId, revision, identity, shown, latest, processing, createdAt, updatedAt } = record;
    yield {
      id: _id,
      ownerId,
      revision,
      identity,
      passageCount: shown.passageCount,
      pageCount: shown.pageCount,
      language: shown.language,
      status: latest.status,
      error: latest.error && failureOf(latest.error),
      processing: processing.toSorted((one, other) => one - other),
      revisions,
      createdAt,
      updatedAt,
    };
  }
}

/** undefined: the document was deleted meanwhile. */
async function readRevisions(
  connection: MongoConnection,
  { _id, parts }: DocumentRecord,
): Promise<ArchivedRevision[] | undefined> {
  try {
    const revisions: ArchivedRevision[] = [];
    for (const part of parts) revisions.push(await readRevision(connection, part));
    return revisions;
  } catch (error) {
    const found = await connection.run((database) => documentsIn(database).findOne({ _id }));
    if (found === null) return undefined;
    throw error;
  }
}

async function readRevision(connection: MongoConnection, part: ObjectId): Promise<ArchivedRevision> {
  const { stored, text } = await connection.run(async (database) => ({
    stored: await revisionsIn(database).findOne({ _id: part }),
    text: await readText(database, part),
  }));
  if (stored === null) throw new AppError('storage_failed', { cause: new Error('a revision is not there') });
  const { ownerId: _, ...draft } = draftOf(stored.draft, '');
  const { contentHash, bytes } = stored;
  return { ...draft, contentHash, bytes, textHash: text === undefined ? null : hashOf(JSON.stringify(text)) };
}

/** The revisions first: a document names those that are there. */
export async function writeDocuments(database: Db, documents: readonly ArchivedDocument[]): Promise<void> {
  for (const document of documents) {
    const revisions = document.revisions.map((revision, index) =>
      toRevision(document, { ...revision, number: index + 1 }),
    );
    for (const { _id, ...revision } of revisions) {
      await revisionsIn(database).replaceOne({ _id }, revision, { upsert: true });
    }
    await documentsIn(database).insertOne(toRecord(document, revisions));
  }
}

function toRevision(
  { id, ownerId }: ArchivedDocument,
  { number, contentHash, bytes, textHash, ...draft }: ArchivedRevision & { number: number },
): RevisionRecord {
  const text = textHash === null ? null : fileId({ documentId: id, revision: number, content: 'text' });
  return {
    _id: fileId({ documentId: id, revision: number, content: 'original' }),
    record: id,
    draft: draftFields({ ...draft, ownerId }),
    identity: identityOf(draft, contentHash),
    contentHash,
    bytes,
    texts: text === null ? [] : [text],
    text,
  };
}

function toRecord(document: ArchivedDocument, revisions: readonly RevisionRecord[]): DocumentRecord {
  const { id, ownerId, revision, identity, passageCount, pageCount, language, processing, createdAt, updatedAt } =
    document;
  const latest = revisions.at(-1)!;
  const { status, error } = document;
  const shown = notReady(revision === 0 ? latest : revisions[revision - 1]!);
  return {
    _id: id,
    ownerId,
    version: 0,
    parts: revisions.map(({ _id }) => _id),
    revision,
    latestRevision: revisions.length,
    processing: [...processing],
    identity,
    shown: { ...shown, passageCount, pageCount, language },
    latest: { status, error, contentHash: latest.contentHash, bytes: latest.bytes },
    createdAt,
    updatedAt,
  };
}

export async function readContent(
  connection: MongoConnection,
  { documentId, revision, content }: ContentRef,
): Promise<Uint8Array> {
  return connection.run(async (database) => {
    const found = await findRevision(database, { id: documentId, revision });
    if (found === undefined) throw new AppError('storage_failed', { cause: new Error('a revision is not there') });
    const { _id } = found.stored;
    if (content === 'original') return readFile(database, { bucket: 'originals', id: _id });
    const text = await readText(database, _id);
    if (text === undefined) throw new AppError('storage_failed', { cause: new Error('a text is not there') });
    return Buffer.from(JSON.stringify(text));
  });
}

export async function writeContent(database: Db, ref: ContentRef, bytes: Uint8Array): Promise<void> {
  const bucket = ref.content === 'original' ? 'originals' : 'texts';
  const id = fileId(ref);
  await removeFiles(database, bucket, [id]);
  await writeFile(database, { bucket, id }, bytes);
}

function fileId({ documentId, revision, content }: Omit<ContentRef, 'hash'>): ObjectId {
  return derivedId(content, documentId, revision);
}
