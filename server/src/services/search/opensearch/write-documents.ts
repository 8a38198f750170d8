import { passageId } from '../../../models/passage-id.ts';
import type { IndexedDocument } from '../../../ports/search-index.ts';
import { bulk, type BulkOperation } from './bulk.ts';
import { removePassages, type Leftover } from './remove-passages.ts';
import { recordsInForce, type Stored } from './get-stored.ts';
import { writeTimeoutMs, type IndexAccess } from './index-access.ts';
import { passageDocumentId, recordId } from './names.ts';
import { noteChange } from './note-change.ts';
import { unavailable } from './translate-errors.ts';
import { toStored, type StoredRecord } from './stored.ts';
import { whenWritable } from './when-writable.ts';

/** Passages that are written and then shown together. */
const passagesPerGroup = 2_000;
const conflict = 409;
const notFound = 404;
/** How often another writer may come first. */
const mostAttempts = 20;

/** Replaces each document atomically; older revisions than the one in force are ignored. */
export async function replaceDocuments(access: IndexAccess, documents: readonly IndexedDocument[]): Promise<void> {
  for (const group of groups(lastOfEach(documents))) await whenWritable(access, () => replaceGroup(access, group));
}

/** Hides the document at once, then removes its passages. */
export async function deleteDocument(access: IndexAccess, documentId: string): Promise<void> {
  await whenWritable(access, async () => {
    await noteChange(access);
    await bulk(access, [{ action: { delete: { _id: recordId(documentId) } } }], { expected: [notFound] });
    await refresh(access);
    // Also when there was no record: a writer that crashed may have left passages.
    await removePassages(access, [{ documentId }]);
    await noteChange(access);
  });
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

function* groups(documents: readonly IndexedDocument[]): Iterable<IndexedDocument[]> {
  let group: IndexedDocument[] = [];
  let passages = 0;
  for (const document of documents) {
    if (group.length > 0 && passages + document.passages.length > passagesPerGroup) {
      yield group;
      group = [];
      passages = 0;
    }
    group.push(document);
    passages += document.passages.length;
  }
  if (group.length > 0) yield group;
}

async function replaceGroup(access: IndexAccess, group: readonly IndexedDocument[]): Promise<void> {
  const records = await recordsInForce(access, group.map(idOf));
  const documents = group.filter((document) => !isOlder(document, records));
  if (documents.length === 0) return;
  await noteChange(access);
  await bulk(access, documents.flatMap(passageOperations));
  // What the records will name is findable before they do.
  await refresh(access);
  await putInForce(access, documents, records);
  await removePassages(access, await leftoversOf(access, documents));
  await noteChange(access);
}

const idOf = ({ documentId }: IndexedDocument): string => documentId;

type Records = ReadonlyMap<string, Stored<StoredRecord>>;

function isOlder({ documentId, revision }: IndexedDocument, records: Records): boolean {
  const inForce = records.get(documentId)?.source.revision;
  return inForce !== undefined && inForce > revision;
}

function passageOperations(document: IndexedDocument): BulkOperation[] {
  return document.passages.map((indexed) => {
    const { ordinal } = indexed.passage;
    const id = passageId({ documentId: document.documentId, revision: document.revision, ordinal });
    return { action: { index: { _id: passageDocumentId(id) } }, source: toStored(document, indexed) };
  });
}

/** The switch: from here on queries see the new passages and no others. */
async function putInForce(access: IndexAccess, documents: readonly IndexedDocument[], known: Records): Promise<void> {
  let open = documents;
  let records = known;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const current = open.filter((document) => !isOlder(document, records));
    const operations = current.map((document) => recordOperation(document, records));
    const items = await bulk(access, operations, { refresh: true, expected: [conflict] });
    open = current.filter((_, position) => items[position]?.status === conflict);
    if (open.length === 0) return;
    records = await recordsInForce(access, open.map(idOf));
  }
  throw unavailable('Other services keep changing the same documents in OpenSearch.');
}

function recordOperation({ documentId, revision, passages }: IndexedDocument, records: Records): BulkOperation {
  const id = { _id: recordId(documentId) };
  const condition = records.get(documentId)?.condition;
  const source: StoredRecord = { kind: 'document', document_id: documentId, revision, passages: passages.length };
  return { action: condition === undefined ? { create: id } : { index: { ...id, ...condition } }, source };
}

async function refresh({ client, names }: IndexAccess): Promise<void> {
  await client.send({ method: 'POST', path: `/${names.write}/_refresh`, timeoutMs: writeTimeoutMs });
}

/** Passages of revisions before the one in force, and those of it that are no longer there. */
async function leftoversOf(access: IndexAccess, documents: readonly IndexedDocument[]): Promise<Leftover[]> {
  const records = await recordsInForce(access, documents.map(idOf));
  return documents.map(({ documentId, revision }): Leftover => {
    const inForce = records.get(documentId)?.source;
    // Deleted meanwhile.
    if (inForce === undefined) return { documentId, before: revision + 1 };
    return { documentId, before: inForce.revision, beyond: inForce };
  });
}
