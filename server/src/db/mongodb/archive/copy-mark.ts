import type { Collection, Db } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { retryAfterSeconds } from '../errors.ts';

/** There while not all of a copy is in the database. */
interface CopyMark {
  _id: 'copy';
  origin: string;
}

function marksIn(database: Db): Collection<CopyMark> {
  return database.collection('copying');
}

/** Of which installation the database holds a part of a copy; undefined: of none. */
export async function readCopyMark(database: Db): Promise<string | undefined> {
  return (await marksIn(database).findOne({ _id: 'copy' }))?.origin;
}

export async function writeCopyMark(database: Db, origin: string): Promise<void> {
  await marksIn(database).replaceOne({ _id: 'copy' }, { origin }, { upsert: true });
}

export async function removeCopyMark(database: Db): Promise<void> {
  await marksIn(database).deleteOne({ _id: 'copy' });
}

/** Rejects while the database holds a part of a copy: a service would answer from less than there is. */
export async function refuseUnfinishedCopy(database: Db): Promise<void> {
  if ((await readCopyMark(database)) === undefined) return;
  throw new AppError('part_unavailable', {
    trouble: 'mongodb_copying',
    detail:
      'Data is being copied into MongoDB; if the copying was interrupted, run the same command again to complete it.',
    retryAfterSeconds,
  });
}
