import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeDurably } from '../../../../process/durable-file.ts';
import type { Loss } from '../graph/training-graph.ts';

/** How far a run is; with the arrays, everything that the steps to come depend on. */
export interface RunProgress {
  /** Steps that were made. */
  step: number;
  epoch: number;
  /** Packs of this epoch that were trained on. */
  pack: number;
  /** Of the steps of this epoch. */
  epochLoss: Loss;
  /** The epoch with the smallest validation loss so far. */
  best: { epoch: number; loss: number } | null;
  /** Epochs since then. */
  worseEpochs: number;
}

interface Header {
  digest: string;
  progress: RunProgress;
}

const magic = Buffer.from('BillumyCheckpoint1');
const hashBytes = 32;
const lengthBytes = 4;

/** Writes a checkpoint so that it is whole or not there. It has a header, the arrays, and the SHA-256 of all before it. */
export async function writeCheckpoint(path: string, header: Header, arrays: readonly Float32Array[]): Promise<void> {
  await writeDurably(path, pieces(header, arrays));
}

async function* pieces(header: Header, arrays: readonly Float32Array[]): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(text.length);
  for (const piece of [magic, length, text, ...arrays.map(bytesOf)]) {
    hash.update(piece);
    yield piece;
  }
  yield hash.digest();
}

/**
 * Puts a checkpoint into the arrays and returns how far it is; undefined, with the arrays as they were, for one that is
 * damaged or of another run.
 */
export async function readCheckpoint(
  path: string,
  digest: string,
  arrays: readonly Float32Array[],
): Promise<RunProgress | undefined> {
  const content = await readFile(path);
  const header = headerOf(content);
  if (header?.text.digest !== digest) return undefined;
  const expected = arrays.reduce((sum, array) => sum + array.byteLength, header.bytes + hashBytes);
  if (content.length !== expected) return undefined;
  let offset = header.bytes;
  for (const array of arrays) {
    bytesOf(array).set(content.subarray(offset, offset + array.byteLength));
    offset += array.byteLength;
  }
  return header.text.progress;
}

/** Undefined when the file is not what was written. */
function headerOf(content: Buffer): { text: Header; bytes: number } | undefined {
  const body = content.subarray(0, Math.max(0, content.length - hashBytes));
  const start = magic.length + lengthBytes;
  if (body.length < start || !body.subarray(0, magic.length).equals(magic)) return undefined;
  if (!createHash('sha256').update(body).digest().equals(content.subarray(body.length))) return undefined;
  const bytes = start + body.readUInt32LE(magic.length);
  return { text: JSON.parse(body.subarray(start, bytes).toString('utf8')) as Header, bytes };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
