import { ObjectId, type Collection, type Db } from 'mongodb';
import type { DocumentDraft, ParsedDocument } from '../../../models/document.ts';
import { identityOf } from '../../document-identity.ts';
import { readFile, removeFiles, writeFile } from './document-files.ts';
import { draftFields, type DocumentRecord, type RevisionRecord } from './document-records.ts';
import { openNamedParts, type NamedParts, type NamedPartsOptions } from '../named-parts.ts';

export interface Upload {
  draft: DocumentDraft;
  original: Uint8Array;
  contentHash: string;
}

export interface RevisionRef {
  id: string;
  revision: number;
}

const collections = { records: 'documents', parts: 'document_revisions' };
/** The largest position in an array that MongoDB takes. */
const largestPosition = 2 ** 31 - 1;

export function documentsIn(database: Db): Collection<DocumentRecord> {
  return database.collection(collections.records);
}

export function revisionsIn(database: Db): Collection<RevisionRecord> {
  return database.collection(collections.parts);
}

/** Revisions are parts of documents; files in GridFS belong to them. */
export function openRevisions(options: Pick<NamedPartsOptions, 'connection' | 'now'>): NamedParts {
  return openNamedParts({ ...options, collections, removeContent: removeAllFiles });
}

async function removeAllFiles(database: Db, ids: readonly ObjectId[]): Promise<void> {
  const projection = { texts: 1 } as const;
  const found = await revisionsIn(database)
    .find({ _id: { $in: [...ids] } }, { projection })
    .toArray();
  const texts = found.flatMap((revision) => revision.texts);
  await removeFiles(database, 'texts', texts);
  await removeFiles(database, 'originals', ids);
}

/** Writes a revision that no document names yet: first its record, so that a crash leaves no bytes without one. */
export async function writeRevision(
  database: Db,
  { id, checkAt }: { id: string; checkAt: Date },
  { draft, original, contentHash }: Upload,
): Promise<RevisionRecord> {
  const revision: RevisionRecord = {
    _id: new ObjectId(),
    record: id,
    checkAt,
    draft: draftFields(draft),
    identity: identityOf(draft, contentHash),
    contentHash,
    bytes: original.byteLength,
    texts: [],
    text: null,
  };
  await revisionsIn(database).insertOne(revision);
  await writeFile(database, { bucket: 'originals', id: revision._id }, original);
  return revision;
}

/** A revision by its number, and whose document it is. */
export async function findRevision(
  database: Db,
  { id, revision }: RevisionRef,
): Promise<{ stored: RevisionRecord; ownerId: string } | undefined> {
  if (revision < 1 || revision > largestPosition) return undefined;
  const projection = { ownerId: 1, parts: { $slice: [revision - 1, 1] } };
  const record = await documentsIn(database).findOne({ _id: id }, { projection });
  const part = record?.parts[0];
  if (record === null || part === undefined) return undefined;
  const stored = await revisionsIn(database).findOne({ _id: part });
  return stored === null ? undefined : { stored, ownerId: record.ownerId };
}

export async function readText(database: Db, id: ObjectId): Promise<ParsedDocument | undefined> {
  const text = (await revisionsIn(database).findOne({ _id: id }, { projection: { text: 1 } }))?.text ?? null;
  if (text === null) return undefined;
  const content = await readFile(database, { bucket: 'texts', id: text });
  return JSON.parse(content.toString()) as ParsedDocument;
}

/** Writes a text, each time as a file of its own; it is the text of the revision when it is complete. */
export async function writeText(database: Db, revisionId: ObjectId, parsed: ParsedDocument): Promise<void> {
  const revisions = revisionsIn(database);
  const text = new ObjectId();
  const begun = await revisions.updateOne({ _id: revisionId }, { $push: { texts: text } });
  if (begun.matchedCount === 0) return;
  await writeFile(database, { bucket: 'texts', id: text }, Buffer.from(JSON.stringify(parsed)));
  const shown = await revisions.updateOne({ _id: revisionId }, { $set: { text } });
  // The document was deleted meanwhile.
  if (shown.matchedCount === 0) await removeFiles(database, 'texts', [text]);
}
