import { parseDigest } from '../../models/digest.ts';
import type { Archive } from '../../ports/archive.ts';
import type { BlobStore } from '../../ports/blob-store.ts';

export interface CopyBlobsOptions {
  source: BlobStore;
  target: BlobStore;
  signal: AbortSignal;
  onProgress(progress: { step: 'model-files'; done: number; total: number }): void;
}

/**
 * Copies the files of models that were uploaded, which nothing else can bring back; those that are there already stay.
 * Resolves to how many the source has.
 */
export async function copyBlobs({ source, target, signal, onProgress }: CopyBlobsOptions): Promise<number> {
  const blobs = await source.list();
  for (const [index, { digest }] of blobs.entries()) {
    signal.throwIfAborted();
    // The target checks what it takes against the digest.
    if (!(await target.has(digest))) await target.put(digest, source.read(digest), { bytes: null });
    onProgress({ step: 'model-files', done: index + 1, total: blobs.length });
  }
  return blobs.length;
}

/** The digests of files that personas are made from, or that training made, and that are not there. */
export async function missingBlobs({ archive, blobs }: { archive: Archive; blobs: BlobStore }): Promise<string[]> {
  const missing = new Set<string>();
  for await (const name of neededFiles(archive)) {
    const digest = parseDigest(name);
    if (digest !== undefined && !(await blobs.has(digest))) missing.add(digest);
  }
  return [...missing];
}

async function* neededFiles(archive: Archive): AsyncGenerator<string> {
  for await (const { base, adapter } of archive.read('personas')) {
    if (base !== null) yield base;
    if (adapter !== null) yield adapter;
  }
  for await (const { adapter } of archive.read('training-versions')) yield adapter;
}
