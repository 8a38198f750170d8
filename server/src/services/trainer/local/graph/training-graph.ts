import type { Context, Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { operationsIn } from '../ggml/operations.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import type { LlamaShape } from '../model/llama-shape.ts';
import type { LoraAdapter, LoraParameter } from '../model/lora-adapter.ts';
import type { MappedWeights } from '../model/map-weights.ts';
import type { ProductWeights } from '../model/product-weights.ts';
import { type Pack, sizeOf } from '../run/pack-rows.ts';
import { type BatchInputs, createBatchInputs } from './batch-inputs.ts';
import { allTokens, someTokens } from './computed-tokens.ts';
import type { GraphParts } from './graph-parts.ts';
import { lossOf } from './loss.ts';

/** A LLaMA with an adapter: what it loses on rows, and how that changes with the adapter. */
export interface TrainingGraph {
  /** Of all predicted tokens of a pack: the sum of what they lose (natural logarithm), and how many they are. */
  evaluate(pack: Pack): Loss;
  /** The same, and puts the gradients of the mean into the parameters of the adapter. */
  differentiate(pack: Pack): Loss;
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

/**
 * Each pack has a graph of its own size: to describe one takes a hundredth of the time of a step, and one for all would
 * compute as much for every pack as for the largest.
 */
export function createTrainingGraph(ggml: Ggml, model: TrainedModel): TrainingGraph {
  const { calls } = ggml;
  const { shape } = model;
  const memory = ggml.newGraphMemory();
  const nodes = shape.layers * nodesPerLayer + otherNodes;

  const compute = (pack: Pack, { withGradients }: { withGradients: boolean }): Loss => {
    const context = ggml.newContext({ tensors: nodes * 2, graphNodes: nodes });
    const graph = calls.newGraph(context, nodes, false);
    const gradients = new Map<LoraParameter, Tensor>();
    const keep = (tensor: Tensor): void => {
      calls.setOutput(tensor);
      calls.expand(graph, tensor);
    };
    const inputs = createBatchInputs(ggml, context, { pack, vocabulary: shape.vocabulary });
    const parts = partsOf({ ggml, context, model }, inputs, {
      pack,
      keepGradient(parameter, gradient) {
        keep(gradient);
        gradients.set(parameter, gradient);
      },
    });
    const { loss, backward } = lossOf(parts, inputs);
    keep(loss);
    const lossGradient = calls.newVector(context, tensorType.F32, 1);
    if (withGradients) backward(lossGradient);
    memory.give(graph);
    inputs.fill();
    const { answers } = sizeOf(pack);
    // ggml divides by the answers: as the sum of all, gradients are larger.
    const factor = lossScale * answers;
    if (withGradients) ggml.write(lossGradient, Float32Array.of(factor));
    ggml.compute(graph);
    const mean = new Float32Array(1);
    ggml.read(loss, mean);
    for (const [parameter, gradient] of gradients) {
      ggml.read(gradient, parameter.gradient);
      scale(parameter.gradient, 1 / factor);
    }
    calls.free(context);
    return { sum: mean[0]! * answers, tokens: answers };
  };
  return {
    evaluate: (pack) => compute(pack, { withGradients: false }),
    differentiate: (pack) => compute(pack, { withGradients: true }),
  };
}

function scale(values: Float32Array, factor: number): void {
  for (let index = 0; index < values.length; index++) values[index]! *= factor;
}

function partsOf(
  { ggml, context, model }: { ggml: Ggml; context: Context; model: TrainedModel },
  { positions, mask, answerPlaces, answerPositions, answerMask }: BatchInputs,
  { pack, keepGradient }: Pick<GraphParts, 'keepGradient'> & { pack: Pack },
): GraphParts {
  const { calls } = ggml;
  const { shape, base, products, adapter } = model;
  const operations = operationsIn(calls, context);
  const { tokens, answers } = sizeOf(pack);
  const factors = shape.hasRopeFactors ? base.get('rope_freqs.weight').tensor : null;
  // Neighbouring numbers of a head are rotated together, and without YaRN: `GGML_ROPE_TYPE_NORMAL`.
  const rotation = [shape.ropeWidth, 0, 0, shape.ropeBase, 1, 0, 1, 32, 1];
  const answering = { count: answers, positions: answerPositions, mask: answerMask };
  return {
    keepGradient,
    operations,
    shape,
    adapter,
    all: allTokens({ count: tokens, positions, mask }),
    answering: someTokens(operations, answering, answerPlaces),
    weight: (name) => base.get(name).tensor,
    product: (name) => products.get(name)!,
    rope: (tensor, at) => calls.rope(context, tensor, at, factors, ...rotation),
    ropeBack: (gradient, at) => calls.ropeBack(context, gradient, at, factors, ...rotation),
  };
}
