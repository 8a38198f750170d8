import { join } from 'node:path';
import { AppError } from '../../../errors/app-error.ts';
import type { ContentRef } from '../../../models/archive.ts';
import type { Archive } from '../../../ports/archive.ts';
import type { Database } from '../database.ts';
import { openDocumentFiles, type DocumentFiles } from '../document-files.ts';
import { readCopyMark, removeCopyMark, writeCopyMark } from './copy-mark.ts';
import { sqliteKinds } from './sqlite-kinds.ts';

export interface SqliteArchiveOptions {
  database: Database;
  /** The folder of data, which no service uses meanwhile. */
  directory: string;
}

/** What is kept in a folder of data. The database belongs to whoever opened it. */
export function createSqliteArchive({ database, directory }: SqliteArchiveOptions): Archive {
  const files = openDocumentFiles(join(directory, 'documents'));
  return {
    async state() {
      const origin = await readCopyMark(directory);
      return origin === undefined ? { state: 'usable' } : { state: 'copying', origin };
    },
    read: (kind) => sqliteKinds[kind].read({ database, files }),
    count: (kind) => sqliteKinds[kind].count(database),
    async write(kind, records) {
      const { statements } = sqliteKinds[kind];
      await database.transaction(records.flatMap((record) => statements(record)));
    },
    readContent: (ref) => readContent(files, ref),
    writeContent: ({ documentId, revision, content, hash }, bytes) =>
      content === 'original'
        ? files.writeOriginal(documentId, hash, bytes)
        : files.writeText(documentId, revision, JSON.parse(Buffer.from(bytes).toString())),
    beginCopy: (origin) => writeCopyMark(directory, origin),
    endCopy: () => removeCopyMark(directory),
  };
}

async function readContent(
  files: DocumentFiles,
  { documentId, revision, content, hash }: ContentRef,
): Promise<Uint8Array> {
  if (content === 'original') return files.readOriginal(documentId, hash);
  const text = await files.readText(documentId, revision);
  if (text === undefined) throw new AppError('storage_failed', { cause: new Error('a text is not there') });
  return Buffer.from(JSON.stringify(text));
}
