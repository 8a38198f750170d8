import { tensorKinds } from './gguf-writer.ts';
import type { LlamaShape } from './llama-layout.ts';

/** Where the rows and columns of a small matrix stand in a large one; columns go in blocks of Q8_0. */
export interface MatrixPlace {
  row(index: number): number;
  column(index: number): number;
  /** What its numbers are multiplied by. */
  factor: number;
  /** Whether what stands beside it in the large matrix must be zero. */
  isAlone: boolean;
}

export interface WidenedHeads {
  /** Of a large head. */
  size: number;
  placeOf(tensor: string): MatrixPlace;
  /** By how much the angles of each pair of a head are divided. */
  ropeFactors(ropeBase: number): Float32Array;
}

/**
 * Lets several small heads share the keys and values of one large one, each with a query head of its own. Of each pair of
 * channels that turns together, a large head has one for each of them side by side, and factors let those turn by the same
 * angle. A query is zero where the others have their keys, and the output takes from its values what is its own.
 */
export function headsIn(large: LlamaShape, small: LlamaShape): WidenedHeads {
  const size = large.width / large.heads;
  const smallSize = small.width / small.heads;
  const sharing = size / smallSize;
  const queriesPerKey = large.heads / large.keyValueHeads;
  if (!Number.isInteger(sharing) || smallSize % tensorKinds.q8.block !== 0 || sharing > queriesPerKey) {
    throw new Error('heads of this size do not fit into the larger ones');
  }
  if (small.keyValueHeads !== small.heads || small.heads > sharing * large.keyValueHeads) {
    throw new Error('each small head needs keys and values of its own');
  }

  function standing(index: number) {
    const head = Math.floor(index / smallSize);
    const key = Math.floor(head / sharing);
    return { channel: index % smallSize, key, member: head % sharing, query: key * queriesPerKey + (head % sharing) };
  }
  function turning(index: number): number {
    const { channel, member } = standing(index);
    return (Math.floor(channel / 2) * sharing + member) * 2 + (channel % 2);
  }

  const same: MatrixPlace = { row: (index) => index, column: (index) => index, factor: 1, isAlone: false };
  const places: Record<string, MatrixPlace> = {
    // Scores are divided by the root of the size of a head.
    attn_q: {
      ...same,
      row: (index) => standing(index).query * size + turning(index),
      factor: Math.sqrt(sharing),
      isAlone: true,
    },
    attn_k: { ...same, row: (index) => standing(index).key * size + turning(index) },
    attn_output: {
      ...same,
      column(index) {
        const { query, member, channel } = standing(index);
        return query * size + member * smallSize + channel;
      },
    },
  };
  return {
    size,
    placeOf: (tensor) => places[tensor.split('.').at(-2) ?? ''] ?? same,
    ropeFactors: (base) =>
      Float32Array.from({ length: size / 2 }, (_, pair) => base ** ((-2 * (pair % sharing)) / size)),
  };
}
