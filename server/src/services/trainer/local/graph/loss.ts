import type { Tensor } from '../ggml/ggml-calls.ts';
import type { BatchInputs } from './batch-inputs.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { layer } from './layer.ts';
import { norm } from './norm.ts';

/** The mean loss; logits are computed only where an answer is predicted, for a large vocabulary costs as much as layers. */
export function lossOf(
  parts: GraphParts,
  { tokens, labels }: Pick<BatchInputs, 'tokens' | 'labels'>,
): { loss: Tensor; backward(gradient: Tensor): void } {
  const { operations, shape } = parts;
  let state = operations.rows(parts.weight('token_embd.weight'), tokens);
  const layers: Differentiable[] = [];
  for (let index = 0; index < shape.layers; index++) {
    const next = layer(parts, index, state);
    layers.push(next);
    state = next.output;
  }
  const output = parts.product(shape.outputName);
  const normed = norm(parts, 'output_norm.weight', state);
  const logits = operations.matMul(output.forward, normed.output);
  return {
    loss: operations.crossEntropy(logits, labels),
    backward(lossGradient) {
      const logitGradient = operations.crossEntropyBack(lossGradient, logits, labels);
      let gradient = normed.backward(operations.matMul(output.transposed, logitGradient));
      for (const part of layers.toReversed()) gradient = part.backward(gradient);
    },
  };
}
