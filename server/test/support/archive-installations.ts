import { createBackupArchive } from '../../src/db/backup/backup-archive.ts';
import { createSqliteArchive } from '../../src/db/sqlite/archive/sqlite-archive.ts';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import type { Installation } from '../../src/core/archive/copy-installation.ts';
import { archiveKinds } from '../../src/models/archive.ts';
import type { Archive } from '../../src/ports/archive.ts';
import { openBlobFiles } from '../../src/services/model-files/blob-files.ts';
import { fillArchive, readAll } from '../contracts/archive-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestInstallation extends Installation, AsyncDisposable {
  path: string;
}

/** A backup without anything in it. */
export async function emptyBackup(): Promise<TestInstallation> {
  const folder = await temporaryFolder();
  const path = folder.file('backup');
  return {
    path,
    archive: createBackupArchive(path),
    blobs: await openBlobFiles({ directory: `${path}/models` }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A folder of data without anything in it. */
export async function emptyFolder(): Promise<TestInstallation> {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder.file('billumy.db'));
  return {
    path: folder.path,
    archive: createSqliteArchive({ database, directory: folder.path }),
    blobs: await openBlobFiles({ directory: folder.file('models') }),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A folder of data with the sample records. */
export async function filledFolder(): Promise<TestInstallation> {
  const installation = await emptyFolder();
  await fillArchive(installation.archive);
  return installation;
}

export async function everythingIn(archive: Archive): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const kind of archiveKinds) all[kind] = await readAll(archive, kind);
  return all;
}
