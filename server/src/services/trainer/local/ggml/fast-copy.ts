import type { Tensor } from './ggml-calls.ts';
import type { Ggml } from './open-ggml.ts';
import { tensorType } from './tensor-type.ts';

/** A matrix of the memory of the machine. */
export interface Matrix {
  tensor: Tensor;
  /** A number of `ggml_type`. */
  type: number;
  /** Fastest dimension first. */
  lengths: readonly [from: number, to: number];
}

/**
 * A copy of a matrix, in an order in which this processor multiplies with it faster: repacked, or for the matrix units
 * of AMX; undefined where ggml has none for its type and size.
 */
export function fastCopy(ggml: Ggml, { tensor, type, lengths }: Matrix): Tensor | undefined {
  const { calls } = ggml;
  for (const bufferType of ggml.fastBufferTypes) {
    const context = ggml.newContext({ tensors: 1 });
    const copy = calls.newMatrix(context, type, ...lengths);
    const buffer = calls.allocateIn(context, bufferType);
    if (buffer !== null && multiplies(ggml, copy, lengths)) {
      calls.write(copy, calls.address(tensor), 0, calls.byteLength(tensor));
      return copy;
    }
    if (buffer !== null) calls.freeBuffer(buffer);
    calls.free(context);
  }
  return undefined;
}

function multiplies(ggml: Ggml, matrix: Tensor, [from]: Matrix['lengths']): boolean {
  const { calls } = ggml;
  const usualTokens = 64;
  const context = ggml.newContext({ tensors: 2 });
  const product = calls.matMul(context, matrix, calls.newMatrix(context, tensorType.F32, from, usualTokens));
  const isSupported = calls.supports(ggml.device, product);
  calls.free(context);
  return isSupported;
}
