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
    const info = tensorInfo({ name, lengths, type: floatTensor, offset });
    offset += aligned(values.byteLength, alignment);
    return info;
  });
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(version),
    uint64(tensors.length),
    uint64(entries.length),
    ...entries.map(entry),
    ...infos,
  ]);
  yield padded(header, alignment);
  for (const { buffer, byteOffset, byteLength } of tensors.map(({ values }) => values)) {
    yield padded(new Uint8Array(buffer, byteOffset, byteLength), alignment);
  }
}

/** What the beginning of a file says of a tensor. */
export function tensorInfo(tensor: {
  name: string;
  /** Fastest dimension first. */
  lengths: readonly number[];
  /** A number of `ggml_type`. */
  type: number;
  /** Of its values, from where those of all begin. */
  offset: number;
}): Buffer {
  const { name, lengths, type, offset } = tensor;
  return Buffer.concat([text(name), uint32(lengths.length), ...lengths.map(uint64), uint32(type), uint64(offset)]);
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

/** With zeros up to a multiple. */
export function padded(bytes: Uint8Array, multiple: number): Uint8Array {
  return Buffer.concat([bytes], aligned(bytes.length, multiple));
}

export function aligned(length: number, multiple: number): number {
  return Math.ceil(length / multiple) * multiple;
}
