import { createRandom } from '../run/random.ts';
import type { FloatTensor, GgufEntry } from '../run/write-gguf.ts';

const width = 32;
const heads = 4;
const keyValueHeads = 2;
const headWidth = width / heads;
const feedForward = 64;
const vocabulary = 64;
const layers = 2;
const spread = 0.4;

/** A LLaMA of random weights in which everything occurs that a larger one has, and that is computed in a moment. */
export function tinyLlama(): { entries: readonly GgufEntry[]; tensors: readonly FloatTensor[] } {
  const random = createRandom(1);
  const tensor = (name: string, ...lengths: number[]): FloatTensor => {
    const count = lengths.reduce((product, length) => product * length, 1);
    // Norms and factors of positions are around one.
    const middle = lengths.length === 1 ? 1 : 0;
    return { name, lengths, values: Float32Array.from({ length: count }, () => middle + spread * (2 * random() - 1)) };
  };
  const layer = (index: number): FloatTensor[] => [
    tensor(`blk.${index}.attn_norm.weight`, width),
    tensor(`blk.${index}.attn_q.weight`, width, width),
    tensor(`blk.${index}.attn_k.weight`, width, keyValueHeads * headWidth),
    tensor(`blk.${index}.attn_v.weight`, width, keyValueHeads * headWidth),
    tensor(`blk.${index}.attn_output.weight`, width, width),
    tensor(`blk.${index}.ffn_norm.weight`, width),
    tensor(`blk.${index}.ffn_gate.weight`, width, feedForward),
    tensor(`blk.${index}.ffn_up.weight`, width, feedForward),
    tensor(`blk.${index}.ffn_down.weight`, feedForward, width),
  ];
  return {
    entries: [
      ['general.architecture', 'llama'],
      ['llama.block_count', { uint32: layers }],
      ['llama.embedding_length', { uint32: width }],
      ['llama.feed_forward_length', { uint32: feedForward }],
      ['llama.context_length', { uint32: 128 }],
      ['llama.attention.head_count', { uint32: heads }],
      ['llama.attention.head_count_kv', { uint32: keyValueHeads }],
      ['llama.attention.layer_norm_rms_epsilon', { float32: 1e-5 }],
    ],
    tensors: [
      tensor('token_embd.weight', width, vocabulary),
      ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
      tensor('output_norm.weight', width),
      tensor('output.weight', width, vocabulary),
      tensor('rope_freqs.weight', headWidth / 2),
    ],
  };
}
