import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { archiveKinds, type ArchiveKind, type ContentRef } from '../../models/archive.ts';
import type { Archive } from '../../ports/archive.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import { writeDurably } from '../../process/durable-file.ts';
import { readManifest, writeManifest } from './manifest.ts';
import { appendLines, countLines, readLines, removeTornLine } from './record-lines.ts';
import { recordSchemas, textSchema } from './record-schemas.ts';

/** In the folder while the backup is made. */
const unfinishedName = 'unfinished';

/**
 * A backup in a folder: the records of each kind as lines of JSON, contents as files named by their hashes, and a
 * manifest, which is written last. What is read of it may have been altered by anybody, and is checked.
 */
export function createBackupArchive(directory: string): Archive {
  const linesOf = (kind: ArchiveKind): string => join(directory, 'records', `${kind}.ndjson`);
  const pathOf = ({ hash }: ContentRef): string => join(directory, 'contents', hash.slice(0, 2), hash);
  return {
    async state() {
      const summaries = await readManifest(directory);
      if (summaries !== undefined) return { state: 'sealed', summaries };
      const origin = await readFile(join(directory, unfinishedName), 'utf8').catch(() => undefined);
      return origin === undefined ? { state: 'usable' } : { state: 'copying', origin };
    },
    read: (kind) => readRecords(linesOf(kind), { kind, schema: recordSchemas[kind] }),
    count: (kind) => countLines(linesOf(kind)),
    write: (kind, records) =>
      stored(
        appendLines(
          linesOf(kind),
          records.map((record) => JSON.stringify(record)),
        ),
      ),
    async readContent(ref) {
      const bytes = await stored(readFile(pathOf(ref)));
      if (ref.content === 'text') textSchema.parse(JSON.parse(bytes.toString()));
      return bytes;
    },
    writeContent: (ref, bytes) => stored(writeDurably(pathOf(ref), bytes)),
    async beginCopy(origin) {
      await refuseForeignFolder(directory);
      await stored(writeDurably(join(directory, unfinishedName), origin));
      for (const kind of archiveKinds) await stored(removeTornLine(linesOf(kind)));
    },
    async endCopy(summaries) {
      await stored(writeManifest(directory, summaries));
      await stored(rm(join(directory, unfinishedName), { force: true }));
    },
  };
}

interface Expected<R> {
  kind: ArchiveKind;
  schema: z.ZodType<R>;
}

async function* readRecords<R>(path: string, { kind, schema }: Expected<R>): AsyncGenerator<R> {
  let line = 0;
  for await (const bytes of readLines(path)) {
    line += 1;
    yield parseRecord(schema, bytes, `records/${kind}.ndjson, line ${line}`);
  }
}

function parseRecord<R>(schema: z.ZodType<R>, line: Buffer, place: string): R {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line));
  } catch (cause) {
    throw unreadable(`${place}: not JSON`, cause);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(`${place}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function unreadable(what: string, cause?: unknown): AppError {
  return new AppError('storage_failed', { detail: told`The backup is damaged at ${what}.`, cause });
}

/** What belongs to somebody else is not mixed with a backup. */
async function refuseForeignFolder(directory: string): Promise<void> {
  const names = await readdir(directory).catch((): string[] => []);
  if (names.length === 0 || names.includes(unfinishedName)) return;
  throw new AppError('conflict', { detail: told`The folder of the backup is not empty: choose another one.` });
}

/** Failures of the disk in the words of the product. */
async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw isDiskFull(cause)
      ? new AppError('disk_full', { cause })
      : new AppError('storage_failed', { detail: told`The folder of the backup cannot be read or written.`, cause });
  }
}
