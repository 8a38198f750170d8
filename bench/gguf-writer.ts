import { type FileHandle, open } from 'node:fs/promises';

/** Of a GGUF file: its metadata, and what its tensors are called and hold. */
export interface GgufContent {
  entries: readonly Buffer[];
  tensors: readonly Tensor[];
  data(tensor: Tensor): Buffer;
}

export interface Tensor {
  name: string;
  /** Fastest dimension first. */
  dimensions: readonly number[];
  kind: TensorKind;
}

export type TensorKind = keyof typeof tensorKinds;

export const type = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
/** How numbers are kept: in blocks of so many, that take so many bytes. Source: ggml-common.h of ggml */
export const tensorKinds = {
  f32: { number: 0, block: 1, bytes: 4 },
  f16: { number: 1, block: 1, bytes: 2 },
  bf16: { number: 30, block: 1, bytes: 2 },
  q4: { number: 2, block: 32, bytes: 18 },
  q8: { number: 8, block: 32, bytes: 34 },
  q4k: { number: 12, block: 256, bytes: 144 },
  q5k: { number: 13, block: 256, bytes: 176 },
  q6k: { number: 14, block: 256, bytes: 210 },
} as const;
const alignment = 32;

/** Source: github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export async function writeGguf(path: string, content: GgufContent): Promise<void> {
  const file = await open(path, 'w');
  try {
    let offset = await append(file, header(content));
    offset += await append(file, Buffer.alloc(padding(offset)));
    for (const tensor of content.tensors) {
      offset += await append(file, content.data(tensor));
      offset += await append(file, Buffer.alloc(padding(offset)));
    }
  } finally {
    await file.close();
  }
}

function header({ entries, tensors }: GgufContent): Buffer {
  let offset = 0;
  const infos = tensors.map((tensor) => {
    const info = tensorInfo(tensor, offset);
    const bytes = bytesOf(tensor);
    offset += bytes + padding(bytes);
    return info;
  });
  return Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length), ...entries, ...infos]);
}

export function bytesOf({ dimensions, kind }: Tensor): number {
  const values = dimensions.reduce((product, dimension) => product * dimension, 1);
  const { block, bytes } = tensorKinds[kind];
  return (values / block) * bytes;
}

function tensorInfo({ name, dimensions, kind }: Tensor, offset: number): Buffer {
  return Buffer.concat([
    text(name),
    u32(dimensions.length),
    ...dimensions.map(u64),
    u32(tensorKinds[kind].number),
    u64(offset),
  ]);
}

export function entry(key: string, kind: number, value: Buffer): Buffer {
  return Buffer.concat([text(key), u32(kind), value]);
}

export function array(kind: number, values: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(kind), u64(values.length), ...values]);
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

export function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function padding(length: number): number {
  return (alignment - (length % alignment)) % alignment;
}

async function append(file: FileHandle, data: Buffer): Promise<number> {
  await file.write(data);
  return data.length;
}
