/** One entry of metadata. */
export type GgufEntry = readonly [key: string, value: string | { uint32: number } | { float32: number }];

export interface FloatTensor {
  name: string;
  /** Fastest dimension first. */
  lengths: readonly number[];
  values: Float32Array;
}

const version = 3;
const types = { uint32: 4, float32: 6, text: 8 } as const;
const floatTensor = 0;
const alignment = 32;

/** A GGUF file of tensors of 32-bit floats, piece by piece. Source: github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export async function* ggufPieces(
  entries: readonly GgufEntry[],
  tensors: readonly FloatTensor[],
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  const infos = tensors.map(({ name, lengths, values }) => {
    const info = [text(name), uint32(lengths.length), ...lengths.map(uint64), uint32(floatTensor), uint64(offset)];
    offset += aligned(values.byteLength);
    return Buffer.concat(info);
  });
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(version),
    uint64(tensors.length),
    uint64(entries.length),
    ...entries.map(entry),
    ...infos,
  ]);
  yield padded(header);
  for (const { values } of tensors) yield padded(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function entry([key, value]: GgufEntry): Buffer {
  if (typeof value === 'string') return Buffer.concat([text(key), uint32(types.text), text(value)]);
  if ('uint32' in value) return Buffer.concat([text(key), uint32(types.uint32), uint32(value.uint32)]);
  const float = Buffer.alloc(4);
  float.writeFloatLE(value.float32);
  return Buffer.concat([text(key), uint32(types.float32), float]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes], aligned(bytes.length));
}

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}
