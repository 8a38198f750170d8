import { told } from '../../errors/told.ts';
import { type GgufCursor, MalformedGguf } from './gguf-cursor.ts';

const magic = 'GGUF';
const firstSupportedVersion = 2;
const lastSupportedVersion = 3;
const mostEntries = 10_000;

export interface GgufCounts {
  tensors: number;
  /** Of metadata. */
  entries: number;
}

/** Whether a file begins like a GGUF file. */
export function isGguf(firstBytes: Uint8Array): boolean {
  return Buffer.from(firstBytes.subarray(0, magic.length)).toString('latin1') === magic;
}

/** Reads the beginning of a file; what follows is the metadata. */
export async function readGgufCounts(cursor: GgufCursor): Promise<GgufCounts> {
  await cursor.fill(magic.length);
  if (cursor.takeText(magic.length) !== magic) throw new MalformedGguf(told`it is not in GGUF format`);
  const version = await cursor.uint32();
  if (version < firstSupportedVersion || version > lastSupportedVersion) {
    throw new MalformedGguf(told`its version of GGUF is unknown`);
  }
  const tensors = await cursor.uint64();
  const entries = await cursor.uint64();
  if (entries > mostEntries) throw new MalformedGguf(told`it has too many entries`);
  return { tensors, entries };
}
