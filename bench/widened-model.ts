import { bytesOf, type Tensor, tensorKinds, writeGguf } from './gguf-writer.ts';
import { llamaEntries, type LlamaIdentity, type LlamaShape, llamaTensors } from './llama-layout.ts';
import { toQ8 } from './number-formats.ts';
import { createRandom, randomWeights } from './random-weights.ts';
import { unusedWords } from './synthetic-gguf.ts';
import { readTrainedLlama, type TrainedLlama, type TrainedTensor } from './trained-llama.ts';

/** The sizes of SmolLM-135M, its nine heads of 64 as eighteen of 32, as nano has them. */
export const widened135m: LlamaShape = {
  width: 576,
  layers: 30,
  heads: 18,
  keyValueHeads: 6,
  feedForward: 1536,
  vocabulary: 49_152,
  contextTokens: 2048,
};

const { block: q8Block, bytes: blockBytes } = tensorKinds.q8;

/** What reads the channels: those that are zero bring nothing in, and what it makes more of is read by nobody. */
const reading = /attn_[qkv]|ffn_(gate|up)/;

/**
 * Writes a small trained model inside a larger shape, as Q8_0: it says what the small one says, at the cost of the shape.
 * Random weights quote nothing, and a model that does is hardly trained at that size on two cores.
 *
 * The small matrices stand in the large ones, in the channels, heads and features that come first. Further heads, features
 * and layers are random and do all their work, but nothing of it is added to the channels, of which the further ones stay
 * zero: so every norm sees the same sum of squares, over more channels.
 */
export async function writeWidenedModel(path: string, { source, shape }: { source: string; shape: LlamaShape }) {
  const small = await readTrainedLlama(source);
  checkFits(small.shape, shape);
  const random = createRandom();
  await writeGguf(path, {
    entries: llamaEntries(shape, widenedIdentity(small, shape)),
    tensors: llamaTensors(shape, 'q8'),
    data(tensor) {
      const known = small.find(tensor.name) ?? (tensor.name === 'output.weight' ? small.find(embedding) : undefined);
      if (tensor.dimensions.length === 1) return widenedNorm(tensor, known);
      const weights = reading.test(tensor.name) ? randomWeights(tensor, random) : Buffer.alloc(bytesOf(tensor));
      if (known !== undefined) place(known, { tensor, weights, placing: placingOf(tensor, small.shape, shape) });
      return weights;
    },
  });
}

/** A model that has no output matrix of its own uses its embedding. */
const embedding = 'token_embd.weight';

function checkFits(small: LlamaShape, large: LlamaShape): void {
  const headSize = small.width / small.heads;
  if (large.width / large.heads !== headSize) throw new Error('heads of another size turn by other angles');
  if (headSize % q8Block !== 0) throw new Error('a head is whole blocks of Q8_0');
  if (small.heads > large.keyValueHeads) throw new Error('each small head needs keys and values of its own');
}

function widenedIdentity({ shape: small, identity }: TrainedLlama, large: LlamaShape): LlamaIdentity {
  const { vocabulary } = identity;
  const unused = unusedWords(large.vocabulary - small.vocabulary);
  return {
    ...identity,
    normEpsilon: identity.normEpsilon * (small.width / large.width),
    vocabulary: {
      ...vocabulary,
      tokens: [...vocabulary.tokens, ...unused],
      kinds: [...vocabulary.kinds, ...unused.map(() => 1)],
    },
  };
}

/** The mean of the squares is smaller over more channels, so that what is divided by its root comes out larger. */
function widenedNorm({ dimensions: [width = 0] }: Tensor, known: TrainedTensor | undefined): Buffer {
  const factors = new Float32Array(width).fill(1);
  if (known !== undefined) {
    const shrunk = Math.sqrt(known.width / width);
    factors.set(known.row(0).map((factor) => factor * shrunk));
  }
  return Buffer.from(factors.buffer);
}

/** Where in the large matrix a row and a column of the small one stand. */
interface Placing {
  row(index: number): number;
  column(index: number): number;
}

/** Each small head is the first of the group of large ones that share keys and values. */
function placingOf({ name }: Tensor, small: LlamaShape, large: LlamaShape): Placing {
  const headSize = small.width / small.heads;
  const group = large.heads / large.keyValueHeads;
  const same = (index: number): number => index;
  const firstOfGroup = (index: number): number => Math.floor(index / headSize) * group * headSize + (index % headSize);
  return {
    row: name.includes('attn_q') ? firstOfGroup : same,
    column: name.includes('attn_output') ? firstOfGroup : same,
  };
}

function place(
  known: TrainedTensor,
  { tensor, weights, placing }: { tensor: Tensor; weights: Buffer; placing: Placing },
): void {
  const [width = 0] = tensor.dimensions;
  for (let row = 0; row < known.rows; row++) {
    const blocks = toQ8(known.row(row));
    for (let block = 0; block * q8Block < known.width; block++) {
      const target = (placing.row(row) * width + placing.column(block * q8Block)) / q8Block;
      blocks.copy(weights, target * blockBytes, block * blockBytes, (block + 1) * blockBytes);
    }
  }
}
