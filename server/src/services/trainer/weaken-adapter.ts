import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { BlobStore } from '../../ports/blob-store.ts';
import { readGgufMetadata } from '../model-files/gguf-metadata.ts';

export interface WeakenedAdapter {
  digest: string;
  bytes: number;
}

export interface WeakenParts {
  blobs: Pick<BlobStore, 'put'>;
  findPath(name: string): Promise<string | undefined>;
}

/** As an entry of a GGUF file begins: the length of its key, the key, and the type of a 32-bit float. */
const key = Buffer.from('adapter.lora.alpha');
const alphaEntry = Buffer.concat([uint64(key.length), key, uint32(6)]);
const floatBytes = 4;

/**
 * Keeps another adapter beside one, which changes the base by that share of it: what an adapter adds is in proportion to
 * its alpha. Throws for a file that is no adapter with an alpha.
 */
export async function weakenAdapter(
  { blobs, findPath }: WeakenParts,
  { digest, share }: { digest: string; share: number },
): Promise<WeakenedAdapter> {
  const path = await pathOf(findPath, digest);
  const beginning = await readBeginning(path);
  const entry = beginning.indexOf(alphaEntry);
  if (entry === -1) throw new Error('the adapter has no alpha');
  const place = entry + alphaEntry.length;
  beginning.writeFloatLE(beginning.readFloatLE(place) * share, place);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces()) {
    hash.update(piece);
    bytes += piece.length;
  }
  const weakened = `sha256:${hash.digest('hex')}`;
  await blobs.put(weakened, pieces(), { bytes });
  return { digest: weakened, bytes };

  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield beginning.subarray(0, place + floatBytes);
    yield* createReadStream(path, { start: place + floatBytes });
  }
}

async function pathOf(findPath: WeakenParts['findPath'], digest: string): Promise<string> {
  const path = await findPath(digest);
  if (path === undefined) throw new Error('the adapter is not there');
  return path;
}

async function readBeginning(path: string): Promise<Buffer> {
  const { entriesEnd } = await readGgufMetadata(path);
  const file = await open(path);
  try {
    const beginning = Buffer.alloc(entriesEnd);
    await file.read(beginning, 0, entriesEnd, 0);
    return beginning;
  } finally {
    await file.close();
  }
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
