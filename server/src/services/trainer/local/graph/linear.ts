import type { Tensor } from '../ggml/ggml-calls.ts';
import { type Projection, weightName } from '../model/llama-shape.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';

/** A frozen matrix and its low-rank addition, where it has one: `y = W x + s B (A x)`. */
export function linear(
  parts: GraphParts,
  { layer, projection }: { layer: number; projection: Projection },
  input: Tensor,
): Differentiable {
  const { operations, adapter } = parts;
  const weights = parts.product(weightName(layer, projection));
  const pair = adapter.pair(layer, projection);
  if (pair === undefined) {
    return {
      output: operations.matMul(weights.forward, input),
      backward: (gradient) => operations.matMul(weights.transposed, gradient),
    };
  }
  const { a, b } = pair;
  // The factor is taken where numbers are few.
  const low = operations.scale(operations.matMul(a.tensor, input), adapter.scale);
  const bColumns = operations.transposed(b.tensor);
  const addition = operations.outProduct(bColumns, operations.flipped(low));
  return {
    output: operations.add(operations.matMul(weights.forward, input), addition),
    /** `dB = s dy (A x)ᵀ`, `dA = s Bᵀ dy xᵀ`, `dx = Wᵀ dy + s Aᵀ Bᵀ dy` */
    backward(gradient) {
      const lowGradient = operations.scale(operations.matMul(bColumns, gradient), adapter.scale);
      parts.keepGradient(b, operations.transposed(operations.outProduct(gradient, low)));
      parts.keepGradient(a, operations.outProduct(input, lowGradient));
      return operations.add(
        operations.matMul(weights.transposed, gradient),
        operations.outProduct(a.tensor, operations.flipped(lowGradient)),
      );
    },
  };
}
