import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError, AppError } from '../../errors/app-error.ts';
import type { ParsedDocument } from '../../models/document.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import { unfinishedSuffix, writeDurably } from '../../process/durable-file.ts';

/**
 * The files of documents: `<shelf>/<id>.<content hash>.original` and `<shelf>/<id>.<revision>.text`, in 256 shelves
 * named by the start of the id. A file is on the disk before the row that speaks of it, so a crash leaves files without
 * a row, never a row without its file.
 */
export interface DocumentFiles {
  writeOriginal(id: string, contentHash: string, original: Uint8Array): Promise<void>;
  readOriginal(id: string, contentHash: string): Promise<Uint8Array>;
  writeText(id: string, revision: number, parsed: ParsedDocument): Promise<void>;
  readText(id: string, revision: number): Promise<ParsedDocument | undefined>;
  deleteAll(id: string): Promise<void>;
  shelves(): Promise<string[]>;
  /** Removes the files of one shelf that have no row, and are too old to be waiting for one. */
  sweep(shelf: string, { isKept, before }: SweepRule): Promise<void>;
}

export interface SweepRule {
  isKept(file: { id: string; key: string; kind: 'original' | 'text' }): boolean;
  before: Date;
}

const fileName = /^(?<id>[a-z]+_[0-9a-f]+)\.(?<key>[0-9a-f]+)\.(?<kind>original|text)$/;

/** Ids are `doc_` and hexadecimal digits; the shelf is their first two. */
export function shelfOf(id: string): string {
  return id.slice(4, 6);
}

export function openDocumentFiles(directory: string): DocumentFiles {
  const path = (id: string, suffix: string): string => join(directory, shelfOf(id), `${id}.${suffix}`);
  return {
    writeOriginal: (id, contentHash, original) => write(path(id, `${contentHash}.original`), original),
    readOriginal: (id, contentHash) => readFile(path(id, `${contentHash}.original`)).catch(asStorageError),
    writeText: (id, revision, parsed) => write(path(id, `${revision}.text`), JSON.stringify(parsed)),
    readText: (id, revision) => readText(path(id, `${revision}.text`)),
    async deleteAll(id) {
      const shelf = join(directory, shelfOf(id));
      const names = await namesIn(shelf);
      await Promise.all(names.filter((name) => name.startsWith(`${id}.`)).map((name) => remove(join(shelf, name))));
    },
    shelves: () => namesIn(directory),
    async sweep(shelf, { isKept, before }) {
      for (const name of await namesIn(join(directory, shelf))) {
        if (isRubbish(name, isKept)) await removeIfOlder(join(directory, shelf, name), before);
      }
    },
  };
}

function isRubbish(name: string, isKept: SweepRule['isKept']): boolean {
  if (name.endsWith(unfinishedSuffix)) return true;
  const parts = fileName.exec(name)?.groups as { id: string; key: string; kind: 'original' | 'text' } | undefined;
  return parts !== undefined && !isKept(parts);
}

async function write(path: string, content: Uint8Array | string): Promise<void> {
  await writeDurably(path, content).catch(asStorageError);
}

async function readText(path: string): Promise<ParsedDocument | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ParsedDocument;
  } catch (error) {
    return isMissing(error) ? undefined : asStorageError(error);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    return isMissing(error) ? [] : asStorageError(error);
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(asStorageError);
}

async function removeIfOlder(path: string, before: Date): Promise<void> {
  const written = await stat(path).catch(() => null);
  if (written !== null && written.mtime < before) await remove(path);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function asStorageError(error: unknown): never {
  if (isAppError(error)) throw error;
  throw new AppError(isDiskFull(error) ? 'disk_full' : 'storage_failed', { cause: error });
}
