import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { linear } from './linear.ts';

/** `down(silu(gate(x)) * up(x))`. Source: Shazeer 2020, arXiv 2002.05202 */
export function feedForward(parts: GraphParts, layer: number, input: Tensor): Differentiable {
  const { operations } = parts;
  const gate = linear(parts, { layer, projection: 'ffn_gate' }, input);
  const up = linear(parts, { layer, projection: 'ffn_up' }, input);
  const opened = operations.silu(gate.output);
  const down = linear(parts, { layer, projection: 'ffn_down' }, operations.multiply(opened, up.output));
  return {
    output: down.output,
    backward(gradient) {
      const product = down.backward(gradient);
      const openedGradient = operations.multiply(product, up.output);
      return operations.add(
        gate.backward(operations.siluBack(openedGradient, gate.output)),
        up.backward(operations.multiply(product, opened)),
      );
    },
  };
}
