import type { Collection, UpdateFilter } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import type { DocumentRecord } from './document-records.ts';

/** Rejects with `not_found`. */
export async function getDocument(documents: Collection<DocumentRecord>, id: string): Promise<DocumentRecord> {
  const record = await documents.findOne({ _id: id });
  if (record === null) throw new AppError('not_found');
  return record;
}

/** Changes a document if it still is as it was read; null: read it again. */
export function changeDocument(
  documents: Collection<DocumentRecord>,
  { _id, version }: DocumentRecord,
  change: UpdateFilter<DocumentRecord>,
): Promise<DocumentRecord | null> {
  return documents.findOneAndUpdate({ _id, version }, { ...change, $inc: { version: 1 } }, { returnDocument: 'after' });
}
