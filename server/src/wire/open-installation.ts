import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from '../core/archive/copy-installation.ts';
import { createBackupArchive } from '../db/backup/backup-archive.ts';
import { AppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import type { Archive } from '../ports/archive.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openBlobFiles, uploadsRestMs } from '../services/model-files/blob-files.ts';

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
export async function openInstallation(place: Place, options: OpenOptions): Promise<Installation> {
  const { folder, mongoUrl } = place;
  const archive = mongoUrl === null ? await openFolder(folder, options) : await openServer(mongoUrl, options);
  // Services that keep their data in MongoDB go on with their uploads.
  return { archive, blobs: await openBlobs(folder, { restingMs: mongoUrl === null ? 0 : uploadsRestMs }) };
}

// What is not chosen is not loaded.

async function openServer(url: string, { closing }: OpenOptions): Promise<Archive> {
  const { openMongo } = await import('../db/mongodb/connection.ts');
  const { createMongoArchive } = await import('../db/mongodb/archive/mongo-archive.ts');
  const connection = closing.add(openMongo({ url, duringCopy: true }));
  await connection.check();
  return createMongoArchive(connection);
}

async function openFolder(directory: string, { closing, mustExist }: OpenOptions): Promise<Archive> {
  const path = join(directory, 'billumy.db');
  if (mustExist && !(await exists(path))) {
    throw new AppError('not_found', {
      detail: told`There is no data in that folder: check DATA_DIR, or the folder given.`,
    });
  }
  const { lockFolder } = await import('../db/sqlite/lock-folder.ts');
  const { openDatabase } = await import('../db/sqlite/database.ts');
  const { createSqliteArchive } = await import('../db/sqlite/archive/sqlite-archive.ts');
  closing.add(await lockFolder(directory));
  return createSqliteArchive({ database: closing.add(await openDatabase(path)), directory });
}

/** Opens a backup, or a folder to make one in; rejects with `not_found` when there must be a whole one and is not. */
export async function openBackup(folder: string, { mustExist }: Pick<OpenOptions, 'mustExist'>): Promise<Installation> {
  const archive = createBackupArchive(folder);
  if (mustExist && (await archive.state()).state !== 'sealed') {
    throw new AppError('not_found', { detail: told`There is no complete backup in that folder.` });
  }
  return { archive, blobs: await openBlobs(folder, { restingMs: 0 }) };
}

function openBlobs(folder: string, { restingMs }: { restingMs: number }): Promise<Installation['blobs']> {
  return openBlobFiles({ directory: join(folder, 'models'), restingMs });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
