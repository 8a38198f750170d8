type Value = string | number | boolean | readonly (string | number)[];

export interface GgufSketch {
  metadata?: Readonly<Record<string, Value>>;
  tensors?: readonly { name: string; shape: readonly number[]; type?: number; offset?: number }[];
  version?: number;
  /** What the file says there is, whatever there is. */
  claims?: { tensors?: bigint; entries?: bigint };
}

/** The bytes of a GGUF file without weights: numbers are uint32 when they are whole, else float32. */
export function ggufBytes({ metadata = {}, tensors = [], version = 3, claims = {} }: GgufSketch = {}): Buffer {
  const entries = Object.entries(metadata);
  return Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(claims.tensors ?? BigInt(tensors.length)),
    u64(claims.entries ?? BigInt(entries.length)),
    ...entries.flatMap(([key, value]) => [text(key), ...typed(value)]),
    ...tensors.flatMap(({ name, shape, type = 0, offset = 0 }) => [
      text(name),
      u32(shape.length),
      ...shape.map((length) => u64(BigInt(length))),
      u32(type),
      u64(BigInt(offset)),
    ]),
  ]);
}

function typed(value: Value): Buffer[] {
  if (typeof value === 'string') return [u32(8), text(value)];
  if (typeof value === 'boolean') return [u32(7), Buffer.of(Number(value))];
  if (typeof value === 'number') return [u32(kindOf(value)), plain(value)];
  const [first = 0] = value;
  return [u32(9), u32(kindOf(first)), u64(BigInt(value.length)), ...value.map(plain)];
}

function kindOf(value: string | number): number {
  if (typeof value === 'string') return 8;
  return Number.isInteger(value) ? 4 : 6;
}

function plain(value: string | number): Buffer {
  if (typeof value === 'string') return text(value);
  return Number.isInteger(value) ? u32(value) : f32(value);
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(BigInt(bytes.length)), bytes]);
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
