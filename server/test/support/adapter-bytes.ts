import { ggufBytes } from './gguf-bytes.ts';

export interface AdapterSketch {
  metadata?: Readonly<Record<string, string | number>>;
  /** By tensor; each number of it has the value. */
  tensors?: readonly { name: string; shape: readonly [number, number]; value?: number }[];
}

const alignment = 32;

/** The bytes of a whole adapter; by default one that fits `smallBase` in rank 2. */
export function adapterBytes({ metadata = {}, tensors = fitting }: AdapterSketch = {}): Buffer {
  let end = 0;
  const placed = tensors.map(({ name, shape, value = 0.5 }) => {
    const numbers = new Float32Array(shape[0] * shape[1]).fill(value);
    const offset = aligned(end);
    end = offset + numbers.byteLength;
    return { name, shape, offset, numbers };
  });
  const head = ggufBytes({ metadata: { ...usual, ...metadata }, tensors: placed });
  const start = aligned(head.length);
  const bytes = Buffer.alloc(start + end);
  head.copy(bytes);
  for (const { offset, numbers } of placed) Buffer.from(numbers.buffer).copy(bytes, start + offset);
  return bytes;
}

/** A base without weights, as far as an adapter must fit it. */
export const smallBase = ggufBytes({
  metadata: { 'general.architecture': 'llama', 'llama.context_length': 512 },
  tensors: [{ name: 'blk.0.attn_q.weight', shape: [8, 4] }],
});

const fitting = [
  { name: 'blk.0.attn_q.weight.lora_a', shape: [8, 2] },
  { name: 'blk.0.attn_q.weight.lora_b', shape: [2, 4] },
] as const;

const usual = {
  'general.type': 'adapter',
  'general.architecture': 'llama',
  'adapter.type': 'lora',
  'adapter.lora.alpha': 16,
};

function aligned(place: number): number {
  return Math.ceil(place / alignment) * alignment;
}
