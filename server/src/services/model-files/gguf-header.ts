import { type FileHandle, open } from 'node:fs/promises';
import type { ModelProfile } from '../../models/language-model.ts';

/** What a GGUF file says of itself. */
export interface GgufHeader {
  kind: ModelProfile['kind'];
  name: string | undefined;
  licence: string | undefined;
  contextTokens: number | undefined;
}

const magic = 'GGUF';
const firstSupportedVersion = 2;
const lastSupportedVersion = 3;
const mostEntries = 10_000;
const longestText = 2 ** 20;
const chunkBytes = 2 ** 16;
const rankPooling = 4;
const noPooling = 0;

/** Whether a file begins like a GGUF file. */
export function isGguf(firstBytes: Uint8Array): boolean {
  return Buffer.from(firstBytes.subarray(0, magic.length)).toString('latin1') === magic;
}

/**
 * Reads the metadata before the vocabulary, with which every writer begins. Rejects when the file is not GGUF: it may
 * come from anywhere, so lengths are bounded before they are believed.
 * Source: github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path);
  try {
    return describe(await readMetadata(new Cursor(file)));
  } finally {
    await file.close();
  }
}

type Metadata = ReadonlyMap<string, string | number | boolean>;

async function readMetadata(cursor: Cursor): Promise<Metadata> {
  if (!isGguf(await cursor.take(magic.length))) throw new Error('not a GGUF file');
  const version = await cursor.uint32();
  if (version < firstSupportedVersion || version > lastSupportedVersion) throw new Error('unknown version of GGUF');
  await cursor.uint64(); // the number of tensors
  const entries = Math.min(await cursor.uint64(), mostEntries);
  const metadata = new Map<string, string | number | boolean>();
  for (let entry = 0; entry < entries; entry++) {
    const key = await cursor.text();
    if (key.startsWith('tokenizer.')) break;
    const value = await cursor.value(await cursor.uint32());
    if (value !== undefined) metadata.set(key, value);
  }
  return metadata;
}

function describe(metadata: Metadata): GgufHeader {
  const architecture = metadata.get('general.architecture');
  const pooling = metadata.get(`${String(architecture)}.pooling_type`);
  const context = metadata.get(`${String(architecture)}.context_length`);
  const name = metadata.get('general.name');
  const licence = metadata.get('general.license');
  return {
    kind: kindOf(pooling),
    name: typeof name === 'string' ? name : undefined,
    licence: typeof licence === 'string' ? licence : undefined,
    contextTokens: typeof context === 'number' && context > 0 ? context : undefined,
  };
}

function kindOf(pooling: string | number | boolean | undefined): ModelProfile['kind'] {
  if (pooling === undefined || pooling === noPooling) return 'language';
  return pooling === rankPooling ? 'reranker' : 'embedding';
}

const valueReaders: Readonly<Record<number, { bytes: number; read: (view: DataView) => number | boolean }>> = {
  0: { bytes: 1, read: (view) => view.getUint8(0) },
  1: { bytes: 1, read: (view) => view.getInt8(0) },
  2: { bytes: 2, read: (view) => view.getUint16(0, true) },
  3: { bytes: 2, read: (view) => view.getInt16(0, true) },
  4: { bytes: 4, read: (view) => view.getUint32(0, true) },
  5: { bytes: 4, read: (view) => view.getInt32(0, true) },
  6: { bytes: 4, read: (view) => view.getFloat32(0, true) },
  7: { bytes: 1, read: (view) => view.getUint8(0) !== 0 },
  10: { bytes: 8, read: (view) => Number(view.getBigUint64(0, true)) },
  11: { bytes: 8, read: (view) => Number(view.getBigInt64(0, true)) },
  12: { bytes: 8, read: (view) => view.getFloat64(0, true) },
};
const textType = 8;
const arrayType = 9;

/** Reads a file from its beginning on, in chunks. */
class Cursor {
  readonly #file: FileHandle;
  #chunk = Buffer.alloc(0);
  #used = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async take(bytes: number): Promise<Buffer> {
    while (this.#chunk.length - this.#used < bytes) {
      const next = Buffer.alloc(Math.max(chunkBytes, bytes));
      const { bytesRead } = await this.#file.read(next, 0, next.length);
      if (bytesRead === 0) throw new Error('the GGUF file ends too early');
      this.#chunk = Buffer.concat([this.#chunk.subarray(this.#used), next.subarray(0, bytesRead)]);
      this.#used = 0;
    }
    const taken = this.#chunk.subarray(this.#used, this.#used + bytes);
    this.#used += bytes;
    return taken;
  }

  async uint32(): Promise<number> {
    return (await this.take(4)).readUInt32LE();
  }

  async uint64(): Promise<number> {
    return Number((await this.take(8)).readBigUInt64LE());
  }

  async text(): Promise<string> {
    const length = await this.uint64();
    if (length > longestText) throw new Error('a text in the GGUF file is too long');
    return (await this.take(length)).toString('utf8');
  }

  /** A value of the type; arrays are skipped. */
  async value(type: number): Promise<string | number | boolean | undefined> {
    if (type === textType) return this.text();
    if (type === arrayType) return this.#skipArray();
    const reader = valueReaders[type];
    if (reader === undefined) throw new Error('unknown type of value in the GGUF file');
    const bytes = await this.take(reader.bytes);
    return reader.read(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  async #skipArray(): Promise<undefined> {
    const type = await this.uint32();
    const length = await this.uint64();
    if (type === arrayType || length > longestText) throw new Error('an array in the GGUF file is too long');
    for (let index = 0; index < length; index++) await this.value(type);
  }
}
