import type { Tensor } from '../ggml/ggml-calls.ts';
import { weightName } from '../model/llama-shape.ts';
import { attention } from './attention.ts';
import { feedForward } from './feed-forward.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { norm } from './norm.ts';

/**
 * Attention and feed-forward, each added to what went in. Of the last layer only what the answering tokens give is
 * looked at, so nothing else is computed there. Source: Touvron et al. 2023, arXiv 2302.13971
 */
export function layer(parts: GraphParts, index: number, input: Tensor): Differentiable {
  const { operations } = parts;
  const computed = index === parts.shape.layers - 1 ? parts.answering : parts.all;
  const attentionNorm = norm(parts, weightName(index, 'attn_norm'), input);
  const attended = attention(parts, { layer: index, computed }, attentionNorm.output);
  const middle = operations.add(computed.choose(input), attended.output);
  const feedNorm = norm(parts, weightName(index, 'ffn_norm'), middle);
  const fed = feedForward(parts, index, feedNorm.output);
  return {
    output: operations.add(middle, fed.output),
    backward(gradient) {
      const middleGradient = operations.add(gradient, feedNorm.backward(fed.backward(gradient)));
      const attendedGradient = attentionNorm.backward(attended.backward(middleGradient));
      return operations.add(computed.spread(middleGradient, input), attendedGradient);
    },
  };
}
