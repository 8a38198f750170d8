import { setImmediate } from 'node:timers/promises';
import { fastCopy } from '../ggml/fast-copy.ts';
import type { Tensor } from '../ggml/ggml-calls.ts';
import { forgetPages } from '../ggml/map-file.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { type LlamaShape, projections, weightName } from './llama-shape.ts';
import type { MappedWeights, StoredTensor } from './map-weights.ts';
import { transposeMatrix } from './transpose-matrix.ts';

/** A frozen matrix as products take it: as it is, and transposed for the gradient of what goes into it. */
export interface ProductWeights {
  forward: Tensor;
  transposed: Tensor;
}

/** All matrices of a base, by name. Where ggml has a faster form of one, that takes the place of the plain one. */
export async function loadProductWeights(
  ggml: Ggml,
  { base, shape, usesFastCopies }: { base: MappedWeights; shape: LlamaShape; usesFastCopies: boolean },
): Promise<ReadonlyMap<string, ProductWeights>> {
  const products = new Map<string, ProductWeights>();
  for (const name of namesOf(shape)) {
    const stored = base.get(name);
    const { matrix, memory } = transposeMatrix(ggml, stored);
    const transposed = usesFastCopies ? fastCopy(ggml, matrix) : undefined;
    if (transposed !== undefined) memory.free();
    const forward = usesFastCopies ? fastCopy(ggml, stored) : undefined;
    if (forward !== undefined) forgetStored(ggml, stored);
    products.set(name, { forward: forward ?? stored.tensor, transposed: transposed ?? matrix.tensor });
    // Who asks the process to stop is heard in between.
    await setImmediate();
  }
  return products;
}

function namesOf(shape: LlamaShape): string[] {
  const layers = Array.from({ length: shape.layers }, (_, layer) =>
    projections.map((projection) => weightName(layer, projection)),
  );
  return [...layers.flat(), shape.outputName];
}

function forgetStored({ calls }: Ggml, { tensor }: StoredTensor): void {
  forgetPages({ address: calls.address(tensor), bytes: calls.byteLength(tensor) });
}
