import type { Context, GgmlCalls, Tensor } from './ggml-calls.ts';

export type Operations = ReturnType<typeof operationsIn>;

/**
 * The operations of ggml in one context. Shapes are written as ggml has them, the fastest dimension first; the product
 * of `a [k, m]` and `b [k, n]` is `[m, n]`.
 */
export function operationsIn(calls: GgmlCalls, context: Context) {
  const contiguous = (tensor: Tensor): Tensor => calls.contiguous(context, tensor);
  const permuted = (tensor: Tensor, axes: Axes): Tensor => contiguous(calls.permute(context, tensor, ...axes));
  return {
    matMul: (first: Tensor, second: Tensor) => calls.matMul(context, first, second),
    /** Of `a [m, k]` and `b [n, k]`, which may be flipped, `[m, n]`: the faster product when m is large and k is small. */
    outProduct: (first: Tensor, second: Tensor) => calls.outProduct(context, first, second),
    add: (first: Tensor, second: Tensor) => calls.add(context, first, second),
    multiply: (first: Tensor, second: Tensor) => calls.multiply(context, first, second),
    scale: (tensor: Tensor, factor: number) => calls.scale(context, tensor, factor),
    rows: (table: Tensor, indexes: Tensor) => calls.rows(context, table, indexes),
    /** As large as the table: each row of the gradient where its index says, and zeros. */
    rowsBack: (gradient: Tensor, { indexes, table }: { indexes: Tensor; table: Tensor }) =>
      calls.rowsBack(context, gradient, indexes, table),
    rmsNorm: (tensor: Tensor, epsilon: number) => calls.rmsNorm(context, tensor, epsilon),
    rmsNormBack: (gradient: Tensor, { input, epsilon }: { input: Tensor; epsilon: number }) =>
      calls.rmsNormBack(context, gradient, input, epsilon),
    silu: (tensor: Tensor) => calls.silu(context, tensor),
    siluBack: (gradient: Tensor, input: Tensor) => calls.siluBack(context, gradient, input),
    /** Of `scores * scale + mask`, along the fastest dimension. */
    softMax: (scores: Tensor, { mask, scale }: { mask: Tensor; scale: number }) =>
      calls.softMax(context, scores, mask, scale, 0),
    softMaxBack: (gradient: Tensor, { output, scale }: { output: Tensor; scale: number }) =>
      calls.softMaxBack(context, gradient, output, scale, 0),
    crossEntropy: (logits: Tensor, labels: Tensor) => calls.crossEntropy(context, logits, labels),
    crossEntropyBack: (gradient: Tensor, logits: Tensor, labels: Tensor) =>
      calls.crossEntropyBack(context, gradient, logits, labels),
    reshape2d: (tensor: Tensor, lengths: readonly [number, number]) => calls.reshape2d(context, tensor, ...lengths),
    reshape3d: (tensor: Tensor, lengths: readonly [number, number, number]) =>
      calls.reshape3d(context, tensor, ...lengths),
    transposed: (tensor: Tensor) => contiguous(calls.transpose(context, tensor)),
    /** Transposed, but not in memory; for the second of an outer product. */
    flipped: (tensor: Tensor) => calls.transpose(context, tensor),
    /** `[a, b, c]` as `[b, a, c]`: a transposed matrix for each of the third dimension. */
    swapFirst: (tensor: Tensor) => permuted(tensor, [1, 0, 2, 3]),
    /** `[a, b, c]` as `[a, c, b]`. */
    swapLast: (tensor: Tensor) => permuted(tensor, [0, 2, 1, 3]),
  };
}

type Axes = readonly [number, number, number, number];
