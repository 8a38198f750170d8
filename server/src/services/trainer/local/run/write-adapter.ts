import { createHash } from 'node:crypto';
import { writeDurably } from '../../../../process/durable-file.ts';
import type { LoraAdapter } from '../model/lora-adapter.ts';
import { type FloatTensor, ggufPieces } from './write-gguf.ts';

export interface WrittenAdapter {
  sha256: string;
  bytes: number;
}

/**
 * Writes an adapter as llama.cpp loads it, with the given values for its parameters, in order.
 * Source: convert_lora_to_gguf.py of llama.cpp
 */
export async function writeAdapter(
  path: string,
  { adapter, values }: { adapter: LoraAdapter; values: readonly Float32Array[] },
): Promise<WrittenAdapter> {
  const tensors = adapter.parameters.map(({ name, lengths }, index): FloatTensor => ({
    name,
    lengths,
    values: values[index]!,
  }));
  const hash = createHash('sha256');
  let bytes = 0;
  await writeDurably(path, counted(ggufPieces(entriesOf(adapter), tensors)));
  return { sha256: hash.digest('hex'), bytes };

  async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
}

function entriesOf({ alpha }: LoraAdapter) {
  return [
    ['general.type', 'adapter'],
    ['general.architecture', 'llama'],
    ['general.file_type', { uint32: 0 }],
    ['adapter.type', 'lora'],
    ['adapter.lora.alpha', { float32: alpha }],
  ] as const;
}
