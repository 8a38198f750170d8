import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';

/** A norm with frozen weights. Source: Zhang and Sennrich 2019, arXiv 1910.07467 */
export function norm(parts: GraphParts, weightName: string, input: Tensor): Differentiable {
  const { operations, shape } = parts;
  const { epsilon } = shape;
  const weight = parts.weight(weightName);
  return {
    output: operations.multiply(operations.rmsNorm(input, epsilon), weight),
    backward: (gradient) => operations.rmsNormBack(operations.multiply(gradient, weight), { input, epsilon }),
  };
}
