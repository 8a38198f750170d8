import { bytesOf, entry, f32, type Tensor, text, type, u32, writeGguf } from './gguf-writer.ts';
import type { SyntheticShape } from './synthetic-gguf.ts';

const rank = 4;

/**
 * Writes a LoRA adapter of fixed weights for the attention of a synthetic model. They are large, so that its text
 * differs from that of the model alone; another seed gives another text.
 */
export async function writeSyntheticLora(path: string, { shape, seed }: { shape: SyntheticShape; seed: number }) {
  await writeGguf(path, {
    entries: [
      entry('general.architecture', type.string, text('llama')),
      entry('general.type', type.string, text('adapter')),
      entry('adapter.type', type.string, text('lora')),
      entry('adapter.lora.alpha', type.float32, f32(rank)),
      entry('general.file_type', type.uint32, u32(0)),
    ],
    tensors: Array.from({ length: shape.layers }, (_, index) => pair(`blk.${index}.attn_output.weight`, shape)).flat(),
    data: (tensor) => weights(tensor, seed),
  });
}

function pair(name: string, { width }: SyntheticShape): Tensor[] {
  return [
    { name: `${name}.lora_a`, dimensions: [width, rank], kind: 'f32' },
    { name: `${name}.lora_b`, dimensions: [rank, width], kind: 'f32' },
  ];
}

function weights(tensor: Tensor, seed: number): Buffer {
  const values = Float32Array.from({ length: bytesOf(tensor) / 4 }, (_, index) =>
    Math.sin((index + 1) * 12.9898 + seed * 78.233),
  );
  return Buffer.from(values.buffer);
}
