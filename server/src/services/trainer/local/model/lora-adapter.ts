import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import { createRandom } from '../run/random.ts';
import { type LlamaShape, type Projection, projections, projectionSize, weightName } from './llama-shape.ts';

/** One matrix of an adapter: what the optimiser changes, and its copy for ggml. */
export interface LoraParameter {
  name: string;
  /** Fastest dimension first. */
  lengths: readonly [number, number];
  values: Float32Array;
  /** Of the last step. */
  gradient: Float32Array;
  tensor: Tensor;
}

export interface LoraPair {
  /** `[from, rank]` */
  a: LoraParameter;
  /** `[rank, to]` */
  b: LoraParameter;
}

/** Low-rank additions to every matrix of a LLaMA: `W x + alpha / rank * B (A x)`. Source: Hu et al. 2021, arXiv 2106.09685 */
export interface LoraAdapter {
  /** Of `B (A x)`. */
  scale: number;
  rank: number;
  alpha: number;
  /** In the order of the file of the adapter. */
  parameters: readonly LoraParameter[];
  pair(layer: number, projection: Projection): LoraPair;
  /** Gives the values to ggml. */
  upload(): void;
}

/** An adapter that changes nothing yet: `A` is random within ±1/√from, as PEFT does it, and `B` is zero. */
export function createLoraAdapter(
  ggml: Ggml,
  { shape, rank, alpha, seed }: { shape: LlamaShape; rank: number; alpha: number; seed: number },
): LoraAdapter {
  const random = createRandom(seed);
  const pairs = new Map<string, LoraPair>();
  const context = ggml.newContext({ tensors: shape.layers * projections.length * 2 });
  const parameter = (name: string, lengths: readonly [number, number]): LoraParameter => {
    const count = lengths[0] * lengths[1];
    return {
      name,
      lengths,
      values: new Float32Array(count),
      gradient: new Float32Array(count),
      tensor: ggml.calls.newMatrix(context, tensorType.F32, ...lengths),
    };
  };
  for (let layer = 0; layer < shape.layers; layer++) {
    for (const projection of projections) {
      const name = weightName(layer, projection);
      const { from, to } = projectionSize(shape, projection);
      const a = parameter(`${name}.lora_a`, [from, rank]);
      const b = parameter(`${name}.lora_b`, [rank, to]);
      const spread = 1 / Math.sqrt(from);
      for (let index = 0; index < a.values.length; index++) a.values[index] = spread * (2 * random() - 1);
      pairs.set(name, { a, b });
    }
  }
  ggml.allocate(context);
  const parameters = [...pairs.values()].flatMap(({ a, b }) => [a, b]);
  return {
    scale: alpha / rank,
    rank,
    alpha,
    parameters,
    pair(layer, projection) {
      const found = pairs.get(weightName(layer, projection));
      if (found === undefined) throw new Error(`no adapter for ${projection} of layer ${layer}`);
      return found;
    },
    upload() {
      for (const { tensor, values } of parameters) ggml.write(tensor, values);
    },
  };
}
