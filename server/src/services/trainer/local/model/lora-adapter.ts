import type { Hyperparameters } from '../../../../ports/trainer.ts';
import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import { createRandom } from '../run/random.ts';
import {
  type LlamaShape,
  type Projection,
  projections,
  projectionSize,
  targetedProjections,
  weightName,
} from './llama-shape.ts';

export type AdapterSettings = Pick<Hyperparameters, 'targets' | 'rank' | 'alpha' | 'seed'>;

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

/** Low-rank additions to matrices of a LLaMA: `W x + alpha / rank * B (A x)`. Source: Hu et al. 2021, arXiv 2106.09685 */
export interface LoraAdapter {
  /** Of `B (A x)`. */
  scale: number;
  rank: number;
  alpha: number;
  /** In the order of the file of the adapter. */
  parameters: readonly LoraParameter[];
  /** Undefined for a matrix that is not changed. */
  pair(layer: number, projection: Projection): LoraPair | undefined;
  /** Gives the values to ggml. */
  upload(): void;
}

/** An adapter that changes nothing yet: `A` is random within ±1/√from, as PEFT does it, and `B` is zero. */
export function createLoraAdapter(
  ggml: Ggml,
  { shape, settings }: { shape: LlamaShape; settings: AdapterSettings },
): LoraAdapter {
  const { targets, rank, alpha, seed } = settings;
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
    for (const projection of targetedProjections(targets)) {
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
    pair: (layer, projection) => pairs.get(weightName(layer, projection)),
    upload() {
      for (const { tensor, values } of parameters) ggml.write(tensor, values);
    },
  };
}
