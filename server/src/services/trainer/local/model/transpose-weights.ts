import { setImmediate } from 'node:timers/promises';
import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import { operationsIn } from '../ggml/operations.ts';
import { type LlamaShape, projections, weightName } from './llama-shape.ts';
import type { BaseWeights, StoredTensor } from './map-base.ts';
import { transposedTypeName } from './transposed-type.ts';

/** Values that are floats at once while a matrix is transposed: 16 MB. */
const slabValues = 2 ** 22;
/** A multiple of the blocks of all types. */
const rowsInBlocks = 256;

/**
 * The frozen matrices of a base, transposed. With them the gradient of an input is `matMul(transposed, gradient)`, which
 * ggml does several times faster than the product with the matrix as it is stored (`ggml_out_prod`).
 */
export async function transposeWeights(
  ggml: Ggml,
  { base, shape }: { base: BaseWeights; shape: LlamaShape },
): Promise<ReadonlyMap<string, Tensor>> {
  const names: string[] = [shape.outputName];
  for (let layer = 0; layer < shape.layers; layer++) {
    for (const projection of projections) names.push(weightName(layer, projection));
  }
  const context = ggml.newContext({ tensors: names.length });
  const transposed = new Map<string, Tensor>();
  for (const name of names) {
    const stored = base.get(name);
    const [from = 0, to = 0] = stored.lengths;
    transposed.set(name, ggml.calls.newMatrix(context, transposedType(stored), to, from));
  }
  ggml.allocate(context);
  for (const [name, target] of transposed) {
    transposeMatrix(ggml, base.get(name), target);
    // Who asks the process to stop is heard in between.
    await setImmediate();
  }
  return transposed;
}

function transposedType({ typeName, lengths: [, to = 0] }: StoredTensor): number {
  return tensorType[transposedTypeName(typeName, to)];
}

function transposeMatrix(ggml: Ggml, stored: StoredTensor, target: Tensor): void {
  const [from = 0, to = 0] = stored.lengths;
  const rows = Math.max(1, Math.floor(slabValues / to / rowsInBlocks)) * rowsInBlocks;
  for (let start = 0; start < from; start += rows) {
    transposeSlab(ggml, { stored, target }, { start, rows: Math.min(rows, from - start) });
  }
}

function transposeSlab(
  ggml: Ggml,
  { stored, target }: { stored: StoredTensor; target: Tensor },
  { start, rows }: { start: number; rows: number },
): void {
  const { calls } = ggml;
  const [from = 0, to = 0] = stored.lengths;
  const context = ggml.newContext({ tensors: 8, graphNodes: 8 });
  const columns = calls.view2d(
    context,
    stored.tensor,
    rows,
    to,
    calls.rowBytes(stored.type, from),
    calls.rowBytes(stored.type, start),
  );
  const targetRow = calls.rowBytes(transposedType(stored), to);
  const place = calls.view2d(context, target, to, rows, targetRow, targetRow * start);
  const floats = calls.cast(context, columns, tensorType.F32);
  const graph = calls.newGraph(context, 8, false);
  calls.expand(graph, calls.copy(context, operationsIn(calls, context).transposed(floats), place));
  const memory = ggml.allocateGraph(graph);
  ggml.compute(graph);
  memory.free();
  calls.free(context);
}
