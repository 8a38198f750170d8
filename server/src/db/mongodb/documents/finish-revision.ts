import type { Db, MatchKeysAndValues, UpdateFilter } from 'mongodb';
import type { DocumentOutcome } from '../../../ports/document-store.ts';
import { changeDocument } from './change-document.ts';
import type { DocumentRecord, RevisionRecord } from './document-records.ts';
import { isDuplicateKey } from '../errors.ts';
import { documentsIn, revisionsIn, type RevisionRef } from './revisions.ts';

type Outcome<S extends DocumentOutcome['status']> = Extract<DocumentOutcome, { status: S }>;
type Fields = MatchKeysAndValues<DocumentRecord>;

/** Ends a revision by one change of its document, if it had not ended. */
export async function finishRevision(
  database: Db,
  { id, revision, at }: RevisionRef & { at: Date },
  outcome: DocumentOutcome,
): Promise<void> {
  const documents = documentsIn(database);
  for (;;) {
    const record = await documents.findOne({ _id: id });
    if (record === null || !record.processing.includes(revision)) return;
    const change = (fields: Fields): Promise<DocumentRecord | null> =>
      changeDocument(documents, record, ended(revision, { ...fields, updatedAt: at }));

    if (outcome.status === 'failed') {
      if ((await fail({ record, revision, change }, outcome)) !== null) return;
      continue;
    }
    // Before the revision is shown: a title that a crash leaves here is what reading it again finds.
    const stored = await revisionsIn(database).findOneAndUpdate(
      { _id: record.parts[revision - 1]! },
      { $set: { 'draft.title': outcome.title } },
      { returnDocument: 'after' },
    );
    // The document was deleted meanwhile.
    if (stored === null) return;
    if ((await change(readyFields(record, { revision, stored, outcome }))) !== null) return;
  }
}

function ended(revision: number, fields: Fields): UpdateFilter<DocumentRecord> {
  return { $pull: { processing: revision }, $set: fields };
}

interface Failing {
  record: DocumentRecord;
  revision: number;
  change(fields: Fields): Promise<DocumentRecord | null>;
}

async function fail(
  { record, revision, change }: Failing,
  { error }: Outcome<'failed'>,
): Promise<DocumentRecord | null> {
  if (revision !== record.latestRevision) return change({});
  const failed = { 'latest.status': 'failed', 'latest.error': error };
  if (record.revision === 0) return change(failed);
  try {
    // The same document is again what answers, unless somebody stored that meanwhile.
    return await change({ ...failed, identity: record.shown.identity });
  } catch (failure) {
    if (!isDuplicateKey(failure)) throw failure;
    return change(failed);
  }
}

function readyFields(
  record: DocumentRecord,
  { revision, stored, outcome }: { revision: number; stored: RevisionRecord; outcome: Outcome<'ready'> },
): Fields {
  const { passageCount, pageCount, language } = outcome;
  const shown = { ...stored.draft, identity: stored.identity, passageCount, pageCount, language };
  return {
    ...(revision > record.revision ? { revision, shown } : {}),
    ...(revision === record.latestRevision ? { 'latest.status': 'ready' } : {}),
  };
}
