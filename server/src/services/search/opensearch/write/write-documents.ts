import { passageId } from '../../../../models/passage-id.ts';
import type { IndexedDocument } from '../../../../ports/search-index.ts';
import { bulk, type BulkOperation } from '../rest/bulk.ts';
import type { IndexAccess } from '../index-access.ts';
import { passageDocumentId, recordId } from '../names.ts';
import { noteChange } from './note-change.ts';
import { claimRecords, recordsInForce, type Records } from '../records.ts';
import { refresh, removePassages, type Leftover } from './remove-passages.ts';
import { toStored, type StoredPlaceholder, type StoredRecord } from '../stored.ts';
import { unavailable } from '../rest/translate-errors.ts';
import { whenWritable } from '../prepare/when-writable.ts';
import { groupDocuments } from '../../../../models/group-documents.ts';
import { told } from '../../../../errors/told.ts';

/** Passages that are written and then shown together. */
const passagesPerGroup = 2_000;
const conflict = 409;
/** How often another writer may come first. */
const mostAttempts = 20;

/** Replaces each document atomically; older revisions than the one in force are ignored. */
export async function replaceDocuments(access: IndexAccess, documents: readonly IndexedDocument[]): Promise<void> {
  for (const group of groupDocuments(lastOfEach(documents), passagesPerGroup))
    await whenWritable(access, () => replaceGroup(access, group));
}

/** One after the other, they would come to this. */
function lastOfEach(documents: readonly IndexedDocument[]): IndexedDocument[] {
  const chosen = new Map<string, IndexedDocument>();
  for (const document of documents) {
    const before = chosen.get(document.documentId);
    if (before === undefined || before.revision <= document.revision) chosen.set(document.documentId, document);
  }
  return [...chosen.values()];
}

/** What others change meanwhile is written again. */
async function replaceGroup(access: IndexAccess, group: readonly IndexedDocument[]): Promise<void> {
  let open = group;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    open = await replaceOnce(access, open);
    if (open.length === 0) return;
  }
  throw unavailable(told`Other services keep changing the same documents in OpenSearch.`);
}

/** Gives the documents that somebody else changed meanwhile. */
async function replaceOnce(access: IndexAccess, group: readonly IndexedDocument[]): Promise<IndexedDocument[]> {
  const records = await claimRecords(access, group.map(idOf));
  const documents = group.filter((document) => !isOlder(document, records));
  if (documents.length === 0) return [];
  await noteChange(access);
  await bulk(access, documents.flatMap(passageOperations));
  // What the records will name is findable before they do.
  await refresh(access);
  // The switch: from here on queries see the new passages and no others.
  const operations = documents.map((document) => recordOperation(document, records));
  const items = await bulk(access, operations, { refresh: true, expected: [conflict] });
  await removePassages(access, await leftoversOf(access, documents));
  await noteChange(access);
  return documents.filter((_, position) => items[position]?.status === conflict);
}

const idOf = ({ documentId }: IndexedDocument): string => documentId;

type Claims = Records<StoredRecord | StoredPlaceholder>;

function isOlder({ documentId, revision }: IndexedDocument, records: Claims): boolean {
  const record = records.get(documentId)?.source;
  return record?.kind === 'document' && record.revision > revision;
}

function passageOperations(document: IndexedDocument): BulkOperation[] {
  return document.passages.map((indexed) => {
    const { ordinal } = indexed.passage;
    const id = passageId({ documentId: document.documentId, revision: document.revision, ordinal });
    return { action: { index: { _id: passageDocumentId(id) } }, source: toStored(document, indexed) };
  });
}

function recordOperation({ documentId, revision, passages }: IndexedDocument, records: Claims): BulkOperation {
  const id = { _id: recordId(documentId) };
  const condition = records.get(documentId)?.condition;
  const source: StoredRecord = { kind: 'document', document_id: documentId, revision, passages: passages.length };
  return { action: condition === undefined ? { create: id } : { index: { ...id, ...condition } }, source };
}

/** Passages of revisions before those in force, and those of these that are no longer there. */
async function leftoversOf(access: IndexAccess, documents: readonly IndexedDocument[]): Promise<Leftover[]> {
  const records = await recordsInForce(access, documents.map(idOf));
  return [...records.values()].map(({ source: { document_id: documentId, revision, passages } }) => ({
    documentId,
    before: revision,
    beyond: { revision, passages },
  }));
}
