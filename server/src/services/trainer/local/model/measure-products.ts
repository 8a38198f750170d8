import { fastCopy, type Matrix } from '../ggml/fast-copy.ts';
import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType, weightTypes } from '../ggml/tensor-type.ts';
import type { ProductSpeeds } from '../messages.ts';
import { createRandom } from '../run/random.ts';

const width = 512;
const tokens = 64;
const measuredMs = 20;
const toleratedShare = 0.03;

/**
 * How fast this machine multiplies with weights of each type, measured on one small matrix in a moment, and whether its
 * faster copies say the same as plain matrices: their code differs from processor to processor.
 */
export function measureProducts(ggml: Ggml): ProductSpeeds {
  const random = createRandom(3);
  const input = floatMatrix(ggml, { random, lengths: [width, tokens] });
  const floats = floatMatrix(ggml, { random, lengths: [width, width] });
  const speeds: Record<string, number> = {};
  let usesFastCopies = true;
  for (const name of weightTypes) {
    const plain = converted(ggml, floats, tensorType[name]);
    const fast = fastCopy(ggml, plain);
    const expected = product(ggml, { weights: plain.tensor, input });
    const used = fast === undefined ? expected : product(ggml, { weights: fast, input });
    usesFastCopies &&= distance(used.values, expected.values) < toleratedShare;
    speeds[name] = used.perSecond;
  }
  return { speeds, usesFastCopies };
}

function floatMatrix(ggml: Ggml, { random, lengths }: { random: () => number; lengths: Matrix['lengths'] }): Matrix {
  const context = ggml.newContext({ tensors: 1 });
  const tensor = ggml.calls.newMatrix(context, tensorType.F32, ...lengths);
  ggml.allocate(context);
  ggml.write(
    tensor,
    Float32Array.from({ length: lengths[0] * lengths[1] }, () => random() - 0.5),
  );
  return { tensor, type: tensorType.F32, lengths };
}

function converted(ggml: Ggml, { tensor, lengths }: Matrix, type: number): Matrix {
  const { calls } = ggml;
  const target = ggml.newContext({ tensors: 1 });
  const result = calls.newMatrix(target, type, ...lengths);
  ggml.allocate(target);
  const context = ggml.newContext({ tensors: 2, graphNodes: 2 });
  const graph = calls.newGraph(context, 2, false);
  calls.expand(graph, calls.copy(context, tensor, result));
  ggml.allocateGraph(graph);
  ggml.compute(graph);
  return { tensor: result, type, lengths };
}

/** The product, and how many operations such a product makes in a second. */
function product(ggml: Ggml, { weights, input }: { weights: Tensor; input: Matrix }) {
  const { calls } = ggml;
  const context = ggml.newContext({ tensors: 2, graphNodes: 2 });
  const graph = calls.newGraph(context, 2, false);
  const result = calls.matMul(context, weights, input.tensor);
  calls.expand(graph, result);
  const memory = ggml.allocateGraph(graph);
  ggml.compute(graph);
  const values = new Float32Array(width * tokens);
  ggml.read(result, values);
  const startedAt = performance.now();
  let products = 0;
  for (; performance.now() - startedAt < measuredMs; products++) ggml.compute(graph);
  const seconds = (performance.now() - startedAt) / 1000;
  memory.free();
  return { values, perSecond: (products * 2 * width * width * tokens) / seconds };
}

/** As a share of what was expected. */
function distance(values: Float32Array, expected: Float32Array): number {
  const difference = values.reduce((sum, value, index) => sum + (value - expected[index]!) ** 2, 0);
  return Math.sqrt(difference / expected.reduce((sum, value) => sum + value ** 2, 0));
}
