import { bulk } from '../rest/bulk.ts';
import type { IndexAccess } from '../index-access.ts';
import { recordId } from '../names.ts';
import { noteChange } from './note-change.ts';
import { placeholder } from '../records.ts';
import { refresh, removePassages } from './remove-passages.ts';
import { unavailable } from '../rest/translate-errors.ts';
import { whenWritable } from '../prepare/when-writable.ts';
import { told } from '../../../../errors/told.ts';

const conflict = 409;
/** How often a writer of the same document may come between. */
const mostAttempts = 20;

/** Hides the document at once, then removes its passages, also those that a writer left when it crashed. */
export async function deleteDocument(access: IndexAccess, documentId: string): Promise<void> {
  await whenWritable(access, async () => {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      if (await deleteOnce(access, documentId)) return;
    }
    throw unavailable(told`Other services keep writing the same document in OpenSearch.`);
  });
}

/** False when a writer has put the document in force again meanwhile: then its passages may have been removed. */
async function deleteOnce(access: IndexAccess, documentId: string): Promise<boolean> {
  const id = { _id: recordId(documentId) };
  await noteChange(access);
  const [hidden] = await bulk(access, [{ action: { index: id }, source: placeholder(documentId) }]);
  await refresh(access);
  await removePassages(access, [{ documentId }]);
  const { _seq_no: if_seq_no, _primary_term: if_primary_term } = hidden!;
  const condition = { if_seq_no, if_primary_term };
  const [removed] = await bulk(access, [{ action: { delete: { ...id, ...condition } } }], { expected: [conflict] });
  await noteChange(access);
  return removed?.status !== conflict;
}
