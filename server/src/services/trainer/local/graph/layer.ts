import type { Tensor } from '../ggml/ggml-calls.ts';
import { weightName } from '../model/llama-shape.ts';
import { attention } from './attention.ts';
import { feedForward } from './feed-forward.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { norm } from './norm.ts';

/** Attention and feed-forward, each added to what went in. Source: Touvron et al. 2023, arXiv 2302.13971 */
export function layer(parts: GraphParts, index: number, input: Tensor): Differentiable {
  const { operations } = parts;
  const attentionNorm = norm(parts, weightName(index, 'attn_norm'), input);
  const attended = attention(parts, index, attentionNorm.output);
  const middle = operations.add(input, attended.output);
  const feedNorm = norm(parts, weightName(index, 'ffn_norm'), middle);
  const fed = feedForward(parts, index, feedNorm.output);
  return {
    output: operations.add(middle, fed.output),
    backward(gradient) {
      const middleGradient = operations.add(gradient, feedNorm.backward(fed.backward(gradient)));
      return operations.add(middleGradient, attentionNorm.backward(attended.backward(middleGradient)));
    },
  };
}
