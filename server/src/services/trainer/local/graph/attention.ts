import type { Tensor } from '../ggml/ggml-calls.ts';
import type { ComputedTokens } from './computed-tokens.ts';
import type { Differentiable, GraphParts } from './graph-parts.ts';
import { linear } from './linear.ts';

/**
 * Causal attention, several heads of which may share keys and values, with rotated positions. Sources: Vaswani et al.
 * 2017, arXiv 1706.03762; Ainslie et al. 2023, arXiv 2305.13245; Su et al. 2021, arXiv 2104.09864
 */
export function attention(
  parts: GraphParts,
  { layer, computed }: { layer: number; computed: ComputedTokens },
  input: Tensor,
): Differentiable {
  const { operations, all } = parts;
  const { heads, keyValueHeads, headWidth } = parts.shape;
  const query = linear(parts, { layer, projection: 'attn_q' }, computed.choose(input));
  const key = linear(parts, { layer, projection: 'attn_k' }, input);
  const value = linear(parts, { layer, projection: 'attn_v' }, input);
  const split = (tensor: Tensor, lengths: { count: number; tokens: number }): Tensor =>
    operations.reshape3d(tensor, [headWidth, lengths.count, lengths.tokens]);
  const joined = (tensor: Tensor, lengths: { count: number; tokens: number }): Tensor =>
    operations.reshape2d(tensor, [headWidth * lengths.count, lengths.tokens]);
  const asking = { count: heads, tokens: computed.count };
  const asked = { count: keyValueHeads, tokens: all.count };

  const weighted = weightedValues(parts, computed, {
    query: operations.swapLast(parts.rope(split(query.output, asking), computed.positions)),
    key: operations.swapLast(parts.rope(split(key.output, asked), all.positions)),
    value: operations.swapLast(split(value.output, asked)),
  });
  const output = linear(
    parts,
    { layer, projection: 'attn_output' },
    joined(operations.swapLast(weighted.output), asking),
  );
  return {
    output: output.output,
    backward(gradient) {
      const back = weighted.backward(operations.swapLast(split(output.backward(gradient), asking)));
      const queries = joined(parts.ropeBack(operations.swapLast(back.query), computed.positions), asking);
      const keys = joined(parts.ropeBack(operations.swapLast(back.key), all.positions), asked);
      const values = joined(operations.swapLast(back.value), asked);
      return operations.add(
        operations.add(computed.spread(query.backward(queries), input), key.backward(keys)),
        value.backward(values),
      );
    },
  };
}

/** Of each head: query `[headWidth, computed tokens, heads]`, key and value `[headWidth, tokens, keyValueHeads]`. */
interface HeadTensors {
  query: Tensor;
  key: Tensor;
  value: Tensor;
}

/**
 * `V softmax(scale Kᵀ Q + mask)` for each head, whose gradient is written out. What has a column of all tokens as its
 * fastest dimension is an outer product: that is twice as fast as one over the width of a head, and takes no transposed
 * copy of the weights.
 */
function weightedValues(
  parts: GraphParts,
  { count, mask }: ComputedTokens,
  { query, key, value }: HeadTensors,
): { output: Tensor; backward(gradient: Tensor): HeadTensors } {
  const { operations, shape, all } = parts;
  const { heads, keyValueHeads, headWidth } = shape;
  const scale = 1 / Math.sqrt(headWidth);
  const sharing = count * (heads / keyValueHeads);
  /** Heads that share keys and values lie behind one another, so that what goes back through them adds up. */
  const shared = (weights: Tensor, vectors: Tensor): Tensor => {
    const groupedWeights = operations.reshape3d(weights, [all.count, sharing, keyValueHeads]);
    const groupedVectors = operations.reshape3d(vectors, [headWidth, sharing, keyValueHeads]);
    return operations.swapFirst(operations.outProduct(groupedWeights, groupedVectors));
  };
  const scores = operations.outProduct(operations.swapFirst(key), operations.flipped(query));
  const weights = operations.softMax(scores, { mask, scale });
  return {
    output: operations.matMul(operations.swapFirst(value), weights),
    backward(gradient) {
      const weightsGradient = operations.outProduct(operations.swapFirst(value), operations.flipped(gradient));
      const scoresGradient = operations.softMaxBack(weightsGradient, { output: weights, scale });
      return {
        query: operations.matMul(operations.swapFirst(key), scoresGradient),
        key: shared(scoresGradient, query),
        value: shared(weights, gradient),
      };
    },
  };
}
