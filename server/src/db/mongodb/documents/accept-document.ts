import type { Db } from 'mongodb';
import { AppError, isAppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Document } from '../../../models/document.ts';
import { newId } from '../../../models/new-id.ts';
import { identityOf } from '../../document-identity.ts';
import { changeDocument, getDocument } from './change-document.ts';
import { documentOf, notReady, type DocumentRecord, type RevisionRecord } from './document-records.ts';
import { isDuplicateKey } from '../errors.ts';
import type { NamedParts } from '../named-parts.ts';
import { documentsIn, writeRevision, type Upload } from './revisions.ts';

interface AcceptParts {
  database: Db;
  revisions: NamedParts;
  now: () => Date;
}

interface Accepted {
  document: Document;
  isNew: boolean;
}

/** The unique identity decides which of many that come at once is the document; the others are given that one. */
export async function acceptNew({ database, revisions, now }: AcceptParts, upload: Upload): Promise<Accepted> {
  const documents = documentsIn(database);
  const identity = identityOf(upload.draft, upload.contentHash);
  for (;;) {
    // A write that changes nothing: it waits until what it found is where a new primary has it, too.
    const same = await documents.findOneAndUpdate({ identity }, { $set: { identity } });
    if (same !== null) return { document: documentOf(same), isNew: false };

    const id = newId('doc');
    const revision = await writeRevision(database, { id, checkAt: revisions.checkTime() }, upload);
    const record = newRecord(revision, { ownerId: upload.draft.ownerId, at: now() });
    try {
      await documents.insertOne(record);
      return { document: documentOf(record), isNew: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    // Somebody else stored the same document in this moment, and may have deleted it again.
    await revisions.discard(database, [revision._id]);
  }
}

export async function acceptRevision(
  { database, revisions, now }: AcceptParts,
  { id, ...upload }: Upload & { id: string },
): Promise<Accepted> {
  const documents = documentsIn(database);
  await getDocument(documents, id);
  const revision = await writeRevision(database, { id, checkAt: revisions.checkTime() }, upload);
  try {
    for (;;) {
      const record = await getDocument(documents, id);
      const accepted = await changeDocument(documents, record, addRevision(record, revision, now()));
      if (accepted !== null) return { document: documentOf(accepted), isNew: true };
    }
  } catch (error) {
    const isTwin = isDuplicateKey(error);
    // After any other error the document may name the revision.
    if (isTwin || isAppError(error, 'not_found')) await revisions.discard(database, [revision._id]);
    throw isTwin
      ? new AppError('already_exists', { detail: told`Another document has these very bytes.`, cause: error })
      : error;
  }
}

function newRecord(revision: RevisionRecord, { ownerId, at }: { ownerId: string; at: Date }): DocumentRecord {
  return {
    _id: revision.record,
    ownerId,
    version: 0,
    parts: [revision._id],
    revision: 0,
    latestRevision: 1,
    processing: [1],
    identity: revision.identity,
    shown: notReady(revision),
    latest: latestOf(revision),
    createdAt: at,
    updatedAt: at,
  };
}

function addRevision(record: DocumentRecord, revision: RevisionRecord, at: Date) {
  const latestRevision = record.latestRevision + 1;
  return {
    $push: { parts: revision._id, processing: latestRevision },
    $set: {
      latestRevision,
      identity: revision.identity,
      latest: latestOf(revision),
      updatedAt: at,
      ...(record.revision === 0 ? { shown: notReady(revision) } : {}),
    },
  };
}

function latestOf({ contentHash, bytes }: RevisionRecord): DocumentRecord['latest'] {
  return { status: 'processing', error: null, contentHash, bytes };
}
