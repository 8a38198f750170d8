import type { Context, Graph, Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { operationsIn } from '../ggml/operations.ts';
import type { LlamaShape } from '../model/llama-shape.ts';
import type { LoraAdapter, LoraParameter } from '../model/lora-adapter.ts';
import type { MappedWeights } from '../model/map-weights.ts';
import type { ProductWeights } from '../model/product-weights.ts';
import type { Pack, PackSize } from '../run/pack-rows.ts';
import { type BatchInputs, createBatchInputs } from './batch-inputs.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { layer } from './layer.ts';
import { norm } from './norm.ts';

/** A LLaMA with an adapter: what it loses on rows, and how that changes with the adapter. */
export interface TrainingGraph {
  /** Of all predicted tokens of a pack: the sum of what they lose (natural logarithm), and how many they are. */
  evaluate(pack: Pack): Loss;
  /** The same, and puts the gradients of the mean into the parameters of the adapter. */
  differentiate(pack: Pack): Loss;
  /** Of what is computed, without weights. */
  bytes: number;
}

export interface Loss {
  sum: number;
  tokens: number;
}

export interface TrainedModel {
  shape: LlamaShape;
  base: MappedWeights;
  products: ReadonlyMap<string, ProductWeights>;
  adapter: LoraAdapter;
}

/**
 * Gradients are so many times larger while they are computed: quantised products keep the scale of a block of 32 as a
 * half, which has no small numbers. Source: Micikevicius et al. 2017, arXiv 1710.03740
 */
const lossScale = 1024;
const nodesPerLayer = 300;
const otherNodes = 200;

export function createTrainingGraph(ggml: Ggml, model: TrainedModel, size: PackSize): TrainingGraph {
  const { calls } = ggml;
  const { shape, adapter } = model;
  const nodes = shape.layers * nodesPerLayer + otherNodes;
  const context = ggml.newContext({ tensors: nodes * 2, graphNodes: nodes * 2 });
  const inputs = createBatchInputs(ggml, { size, vocabulary: shape.vocabulary, lossScale });
  const forward = calls.newGraph(context, nodes / 2, false);
  const whole = calls.newGraph(context, nodes, false);
  const gradients = new Map<LoraParameter, Tensor>();
  const parts = partsOf({ ggml, context, model }, inputs, {
    tokens: size.tokens,
    keepGradient(parameter, gradient) {
      calls.setOutput(gradient);
      calls.expand(whole, gradient);
      gradients.set(parameter, gradient);
    },
  });
  const { loss, backward } = lossOf(parts, inputs);
  calls.setOutput(loss);
  calls.expand(forward, loss);
  calls.expand(whole, loss);
  backward();
  const { bytes } = ggml.allocateGraph(whole);

  const run = (graph: Graph, pack: Pack): Loss => {
    const tokens = inputs.fill(pack);
    ggml.compute(graph);
    const mean = new Float32Array(1);
    ggml.read(loss, mean);
    return { sum: mean[0]! * size.answers, tokens };
  };
  return {
    bytes,
    evaluate: (pack) => run(forward, pack),
    differentiate(pack) {
      const result = run(whole, pack);
      for (const parameter of adapter.parameters) {
        ggml.read(gradients.get(parameter)!, parameter.gradient);
        scale(parameter.gradient, 1 / (lossScale * result.tokens));
      }
      return result;
    },
  };
}

function scale(values: Float32Array, factor: number): void {
  for (let index = 0; index < values.length; index++) values[index]! *= factor;
}

function partsOf(
  { ggml, context, model }: { ggml: Ggml; context: Context; model: TrainedModel },
  { positions, mask }: BatchInputs,
  step: Pick<GraphParts, 'tokens' | 'keepGradient'>,
): GraphParts {
  const { calls } = ggml;
  const { shape, base, products, adapter } = model;
  const factors = shape.hasRopeFactors ? base.get('rope_freqs.weight').tensor : null;
  // Neighbouring numbers of a head are rotated together, and without YaRN: `GGML_ROPE_TYPE_NORMAL`.
  const rotation = [shape.ropeWidth, 0, 0, shape.ropeBase, 1, 0, 1, 32, 1];
  return {
    ...step,
    operations: operationsIn(calls, context),
    shape,
    adapter,
    positions,
    mask,
    weight: (name) => base.get(name).tensor,
    product: (name) => products.get(name)!,
    rope: (tensor) => calls.rope(context, tensor, positions, factors, ...rotation),
    ropeBack: (gradient) => calls.ropeBack(context, gradient, positions, factors, ...rotation),
  };
}

/** The mean loss; logits are computed only where an answer is predicted, for a large vocabulary costs as much as layers. */
function lossOf(parts: GraphParts, inputs: BatchInputs): { loss: Tensor; backward(): void } {
  const { operations, shape } = parts;
  let state = operations.rows(parts.weight('token_embd.weight'), inputs.tokens);
  const layers: Differentiable[] = [];
  for (let index = 0; index < shape.layers; index++) {
    const next = layer(parts, index, state);
    layers.push(next);
    state = next.output;
  }
  const output = parts.product(shape.outputName);
  const chosen = operations.rows(state, inputs.answerPlaces);
  const normed = norm(parts, 'output_norm.weight', chosen);
  const logits = operations.matMul(output.forward, normed.output);
  return {
    loss: operations.crossEntropy(logits, inputs.labels),
    backward() {
      const logitGradient = operations.crossEntropyBack(inputs.lossGradient, logits, inputs.labels);
      const chosenGradient = normed.backward(operations.matMul(output.transposed, logitGradient));
      let gradient = operations.matMul(operations.transposed(chosenGradient), inputs.scatter);
      for (const part of layers.toReversed()) gradient = part.backward(gradient);
    },
  };
}
