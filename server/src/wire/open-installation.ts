import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from '../core/archive/copy-installation.ts';
import { createBackupArchive } from '../db/backup/backup-archive.ts';
import { createMongoArchive } from '../db/mongodb/archive/mongo-archive.ts';
import { openMongo } from '../db/mongodb/connection.ts';
import { createSqliteArchive } from '../db/sqlite/archive/sqlite-archive.ts';
import { openDatabase } from '../db/sqlite/database.ts';
import { lockFolder } from '../db/sqlite/lock-folder.ts';
import { AppError } from '../errors/app-error.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openBlobFiles } from '../services/model-files/blob-files.ts';

/** Where an installation keeps its data. */
export interface Place {
  /** The folder of data; with MongoDB, that of model files. */
  folder: string;
  mongoUrl: string | null;
}

interface OpenOptions {
  closing: ClosingList;
  /** Nothing is made for one that is not there. */
  mustExist: boolean;
}

/** Opens what is kept there, for copying. A folder is locked: no service may use it meanwhile. */
export async function openInstallation(
  { folder, mongoUrl }: Place,
  { closing, mustExist }: OpenOptions,
): Promise<Installation> {
  if (mongoUrl !== null) {
    const connection = closing.add(openMongo({ url: mongoUrl, duringCopy: true }));
    await connection.check();
    return { archive: createMongoArchive(connection), blobs: await openBlobs(folder) };
  }
  const path = join(folder, 'billumy.db');
  if (mustExist && !(await exists(path))) {
    throw new AppError('not_found', {
      detail: 'There is no data in that folder: check DATA_DIR, or the folder given.',
    });
  }
  closing.add(await lockFolder(folder));
  const database = closing.add(await openDatabase(path));
  return { archive: createSqliteArchive({ database, directory: folder }), blobs: await openBlobs(folder) };
}

/** Opens a backup, or a folder to make one in; rejects with `not_found` when there must be a whole one and is not. */
export async function openBackup(folder: string, { mustExist }: Pick<OpenOptions, 'mustExist'>): Promise<Installation> {
  const archive = createBackupArchive(folder);
  if (mustExist && (await archive.state()).state !== 'sealed') {
    throw new AppError('not_found', { detail: 'There is no complete backup in that folder.' });
  }
  return { archive, blobs: await openBlobs(folder) };
}

function openBlobs(folder: string): Promise<Installation['blobs']> {
  return openBlobFiles({ directory: join(folder, 'models') });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
