import { bytesOf, type Tensor, tensorKinds, writeGguf } from './gguf-writer.ts';
import { llamaEntries, type LlamaIdentity, type LlamaShape, llamaTensors } from './llama-layout.ts';
import { toQ8 } from './number-formats.ts';
import { createRandom, randomWeights } from './random-weights.ts';
import { unusedWords } from './synthetic-gguf.ts';
import { headsIn, type MatrixPlace } from './widened-heads.ts';
import { readTrainedLlama, type TrainedLlama, type TrainedTensor } from './trained-llama.ts';

const { block: q8Block, bytes: blockBytes } = tensorKinds.q8;

/** What reads the channels: what it makes beside the small model's is not added to them. */
const reading = /attn_[qkv]|ffn_(gate|up)/;
/** A model that has no output matrix of its own uses its embedding. */
const embedding = 'token_embd.weight';

/**
 * Writes a small trained model inside a larger shape, as Q8_0: it says what the small one says, at the cost of the shape.
 * Random weights quote nothing, and a model that does is hardly trained at that size on two cores.
 *
 * The small matrices stand in the large ones, in the channels and features that come first; where heads stand, `headsIn`
 * says. Further features and layers are random and do all their work, but nothing of it is added to the channels, of which
 * the further ones stay zero: so every norm sees the same sum of squares, over more channels.
 */
export async function writeWidenedModel(path: string, { source, shape }: { source: string; shape: LlamaShape }) {
  const small = await readTrainedLlama(source);
  const heads = headsIn(shape, small.shape);
  const random = createRandom();
  const factors: Tensor = { name: 'rope_freqs.weight', dimensions: [heads.size / 2], kind: 'f32' };
  await writeGguf(path, {
    entries: llamaEntries(shape, widenedIdentity(small, shape)),
    tensors: [...llamaTensors(shape, 'q8'), factors],
    data(tensor) {
      if (tensor === factors) return bytesOfFloats(heads.ropeFactors(small.identity.ropeBase));
      const known = small.find(tensor.name) ?? (tensor.name === 'output.weight' ? small.find(embedding) : undefined);
      if (tensor.dimensions.length === 1) return widenedNorm(tensor, known);
      const place = heads.placeOf(tensor.name);
      const isRandom = reading.test(tensor.name) && (known === undefined || !place.isAlone);
      const weights = isRandom ? randomWeights(tensor, random) : Buffer.alloc(bytesOf(tensor));
      if (known !== undefined) insert(known, { tensor, weights, place });
      return weights;
    },
  });
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
  return bytesOfFloats(factors);
}

function insert(
  known: TrainedTensor,
  { tensor, weights, place }: { tensor: Tensor; weights: Buffer; place: MatrixPlace },
): void {
  const [width = 0] = tensor.dimensions;
  for (let row = 0; row < known.rows; row++) {
    const blocks = toQ8(known.row(row).map((value) => value * place.factor));
    for (let block = 0; block * q8Block < known.width; block++) {
      const target = (place.row(row) * width + place.column(block * q8Block)) / q8Block;
      blocks.copy(weights, target * blockBytes, block * blockBytes, (block + 1) * blockBytes);
    }
  }
}

function bytesOfFloats(values: Float32Array): Buffer {
  return Buffer.from(values.buffer);
}
