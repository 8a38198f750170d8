import { bulk } from './rest/bulk.ts';
import { getStored, type Stored } from './read/get-stored.ts';
import type { IndexAccess } from './index-access.ts';
import { recordId } from './names.ts';
import type { StoredPlaceholder, StoredRecord } from './stored.ts';

/** By the ids of the documents. */
export type Records<Source> = ReadonlyMap<string, Stored<Source>>;

const conflict = 409;

/** The records of those documents that queries see. */
export async function recordsInForce(
  access: IndexAccess,
  documentIds: readonly string[],
): Promise<Records<StoredRecord>> {
  const all = [...(await readRecords(access, documentIds)).values()];
  return byDocument(all.filter((record): record is Stored<StoredRecord> => record.source.kind === 'document'));
}

/**
 * The records of all the documents, with a placeholder for those that have none: so a writer notices, by its condition,
 * that somebody deleted the document while its passages were being written.
 */
export async function claimRecords(
  access: IndexAccess,
  documentIds: readonly string[],
): Promise<Records<StoredRecord | StoredPlaceholder>> {
  const present = await readRecords(access, documentIds);
  const absent = documentIds.filter((documentId) => !present.has(documentId));
  if (absent.length === 0) return present;
  const operations = absent.map((documentId) => ({
    action: { create: { _id: recordId(documentId) } },
    source: placeholder(documentId),
  }));
  await bulk(access, operations, { expected: [conflict] });
  return readRecords(access, documentIds);
}

export const placeholder = (documentId: string): StoredPlaceholder => ({
  kind: 'placeholder',
  document_id: documentId,
});

async function readRecords(
  access: IndexAccess,
  documentIds: readonly string[],
): Promise<Records<StoredRecord | StoredPlaceholder>> {
  const stored = await getStored<StoredRecord | StoredPlaceholder>(access, documentIds.map(recordId));
  return byDocument([...stored.values()]);
}

function byDocument<Source extends StoredRecord | StoredPlaceholder>(
  records: readonly Stored<Source>[],
): Records<Source> {
  return new Map(records.map((record) => [record.source.document_id, record]));
}
