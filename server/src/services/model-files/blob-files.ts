import { createHash } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import type { BlobStore, StoredBlob } from '../../ports/blob-store.ts';
import { unfinishedSuffix, writeDurably } from '../../process/durable-file.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import { diskFull, requireSpace } from './free-space.ts';
import { blobPath } from './resolve-name.ts';

export interface BlobFilesOptions {
  /** The folder of models. */
  directory: string;
  /** More is not taken; by default what the largest open models have. */
  mostBytes?: number;
  /** How long a file must not have grown to be taken for what a crash left: 0 unless others write into the folder too. */
  restingMs?: number;
}

/** What `restingMs` is where others upload: longer than the pause after which an upload is hung up on. */
export const uploadsRestMs = 10 * 60_000;

/** The weights of 405 billion parameters at 16 bits are 810 GB. */
const largestModelBytes = 2 ** 40;
/** After so many bytes the free space is looked at again: a disk that is full helps nobody. */
const spaceCheckBytes = 256 * 2 ** 20;

/** Opens the folder of blobs; what a crash left half-way is thrown away. */
export async function openBlobFiles({
  directory,
  mostBytes = largestModelBytes,
  restingMs = 0,
}: BlobFilesOptions): Promise<BlobStore> {
  const pathOf = (digest: string): string => blobPath(directory, checked(digest));
  const folder = join(directory, 'blobs');
  await removeUnfinished(folder, new Date(Date.now() - restingMs));

  const has = async (digest: string): Promise<boolean> => {
    const file = await stat(pathOf(digest)).catch(() => undefined);
    return file?.isFile() === true;
  };
  return {
    has,
    async list() {
      const listed = await readdir(folder).catch(() => []);
      const stored = await Promise.all(listed.map((name) => storedBlob(join(folder, name))));
      return stored.filter((blob) => blob !== undefined);
    },
    async *read(digest) {
      yield* readPieces(pathOf(digest));
    },
    async put(digest, content, { bytes }) {
      const path = pathOf(digest);
      if ((bytes ?? 0) > mostBytes) throw tooLarge(mostBytes);
      if (await has(digest)) return;
      await requireSpace(dirname(path), bytes ?? 0);
      try {
        await writeDurably(path, verified(content, { digest: checked(digest), folder: dirname(path), mostBytes }));
      } catch (error) {
        throw isDiskFull(error) ? diskFull(error) : error;
      }
    },
  };
}

async function removeUnfinished(folder: string, lastWrittenBefore: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const path of names.filter((name) => name.endsWith(unfinishedSuffix)).map((name) => join(folder, name))) {
    const file = await stat(path).catch(() => undefined);
    if (file !== undefined && file.mtime <= lastWrittenBefore) await rm(path, { force: true });
  }
}

/** undefined for what is no blob, or was removed meanwhile. */
async function storedBlob(path: string): Promise<StoredBlob | undefined> {
  const digest = parseDigest(basename(path));
  const file = digest === undefined ? undefined : await stat(path).catch(() => undefined);
  return digest === undefined || file === undefined ? undefined : { digest, storedAt: file.mtime };
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('not_found', { cause });
  });
  yield* file.createReadStream() as AsyncIterable<Uint8Array>;
}

function checked(digest: string): string {
  const parsed = parseDigest(digest);
  if (parsed === undefined) throw new AppError('invalid_request', { detail: verbatim('invalid digest format') });
  return parsed;
}

interface Expected {
  digest: string;
  folder: string;
  mostBytes: number;
}

/** What comes, which ends with an error when it is not what the digest says. */
async function* verified(
  content: AsyncIterable<Uint8Array>,
  { digest, folder, mostBytes }: Expected,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  let lastChecked = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    if (bytes - lastChecked > spaceCheckBytes) {
      await requireSpace(folder, 0);
      lastChecked = bytes;
    }
    yield chunk;
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found === digest) return;
  throw new AppError('invalid_request', { detail: verbatim(`digest mismatch, expected "${digest}", got "${found}"`) });
}

function tooLarge(mostBytes: number): AppError {
  return new AppError('body_too_large', { detail: verbatim(`A blob has at most ${mostBytes} bytes.`) });
}
