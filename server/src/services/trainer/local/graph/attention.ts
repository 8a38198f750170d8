import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { linear } from './linear.ts';

/**
 * Causal attention, several heads of which may share keys and values, with rotated positions. Sources: Vaswani et al.
 * 2017, arXiv 1706.03762; Ainslie et al. 2023, arXiv 2305.13245; Su et al. 2021, arXiv 2104.09864
 */
export function attention(parts: GraphParts, layer: number, input: Tensor): Differentiable {
  const { operations } = parts;
  const { heads, keyValueHeads, headWidth } = parts.shape;
  const query = linear(parts, { layer, projection: 'attn_q' }, input);
  const key = linear(parts, { layer, projection: 'attn_k' }, input);
  const value = linear(parts, { layer, projection: 'attn_v' }, input);
  const split = (tensor: Tensor, count: number): Tensor =>
    operations.reshape3d(tensor, [headWidth, count, parts.tokens]);
  const joined = (tensor: Tensor, count: number): Tensor =>
    operations.reshape2d(tensor, [headWidth * count, parts.tokens]);

  const weighted = weightedValues(parts, {
    query: operations.swapLast(parts.rope(split(query.output, heads))),
    key: operations.swapLast(parts.rope(split(key.output, keyValueHeads))),
    value: operations.swapLast(split(value.output, keyValueHeads)),
  });
  const together = joined(operations.swapLast(weighted.output), heads);
  const output = linear(parts, { layer, projection: 'attn_output' }, together);
  return {
    output: output.output,
    backward(gradient) {
      const back = weighted.backward(operations.swapLast(split(output.backward(gradient), heads)));
      const queries = joined(parts.ropeBack(operations.swapLast(back.query)), heads);
      const keys = joined(parts.ropeBack(operations.swapLast(back.key)), keyValueHeads);
      const values = joined(operations.swapLast(back.value), keyValueHeads);
      return operations.add(operations.add(query.backward(queries), key.backward(keys)), value.backward(values));
    },
  };
}

/** Of each head: query `[headWidth, tokens, heads]`, key and value `[headWidth, tokens, keyValueHeads]`. */
interface HeadTensors {
  query: Tensor;
  key: Tensor;
  value: Tensor;
}

/** `V softmax(scale Kᵀ Q + mask)` for each head, whose gradient is written out. */
function weightedValues(
  parts: GraphParts,
  { query, key, value }: HeadTensors,
): { output: Tensor; backward(gradient: Tensor): HeadTensors } {
  const { operations, mask } = parts;
  const scale = 1 / Math.sqrt(parts.shape.headWidth);
  const weights = operations.softMax(operations.matMul(key, query), { mask, scale });
  return {
    output: operations.matMul(operations.swapFirst(value), weights),
    backward(gradient) {
      const weightsGradient = operations.matMul(value, gradient);
      const scores = operations.softMaxBack(weightsGradient, { output: weights, scale });
      return {
        query: operations.matMul(operations.swapFirst(key), scores),
        key: sumOfSharing(parts, operations.matMul(operations.swapFirst(query), operations.swapFirst(scores))),
        value: sumOfSharing(parts, operations.matMul(operations.swapFirst(gradient), operations.swapFirst(weights))),
      };
    },
  };
}

/** The gradients of heads that share keys and values add up: `[headWidth, tokens, heads]` to `[…, keyValueHeads]`. */
function sumOfSharing({ operations, shape, tokens }: GraphParts, gradient: Tensor): Tensor {
  const { heads, keyValueHeads, headWidth } = shape;
  const sharing = heads / keyValueHeads;
  if (sharing === 1) return gradient;
  const grouped = operations.reshape3d(gradient, [headWidth * tokens, sharing, keyValueHeads]);
  const sums = operations.sumRows(operations.swapFirst(grouped));
  return operations.reshape3d(sums, [headWidth, tokens, keyValueHeads]);
}
