import type { Tensor } from '../ggml/ggml-calls.ts';
import { type Projection, weightName } from '../model/llama-shape.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';

/** A frozen matrix and its low-rank addition: `y = W x + s B (A x)`. */
export function linear(
  parts: GraphParts,
  { layer, projection }: { layer: number; projection: Projection },
  input: Tensor,
): Differentiable {
  const { operations, adapter } = parts;
  const name = weightName(layer, projection);
  const { a, b } = adapter.pair(layer, projection);
  const low = operations.matMul(a.tensor, input);
  const addition = operations.scale(operations.matMul(b.tensor, low), adapter.scale);
  return {
    output: operations.add(operations.matMul(parts.weight(name), input), addition),
    /** `dB = s dy (A x)ᵀ`, `dA = s Bᵀ dy xᵀ`, `dx = Wᵀ dy + s Aᵀ Bᵀ dy` */
    backward(gradient) {
      const scaled = operations.scale(gradient, adapter.scale);
      const lowGradient = operations.matMul(operations.transposed(b.tensor), scaled);
      parts.keepGradient(b, operations.matMul(operations.transposed(low), operations.transposed(scaled)));
      parts.keepGradient(a, operations.matMul(operations.transposed(input), operations.transposed(lowGradient)));
      return operations.add(
        operations.matMul(parts.transposed(name), gradient),
        operations.matMul(operations.transposed(a.tensor), lowGradient),
      );
    },
  };
}
