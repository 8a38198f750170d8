import type { Matrix } from '../ggml/fast-copy.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { operationsIn } from '../ggml/operations.ts';
import { tensorType } from '../ggml/tensor-type.ts';
import type { StoredTensor } from './map-weights.ts';
import { transposedTypeName } from './transposed-type.ts';

/** Values that are floats at once while a matrix is transposed: 16 MB. */
const slabValues = 2 ** 22;
/** A multiple of the blocks of all types. */
const rowsInBlocks = 256;

/**
 * A frozen matrix, transposed. With it the gradient of an input is `matMul(transposed, gradient)`, which ggml does
 * several times faster than the product with the matrix as it is stored (`ggml_out_prod`).
 */
export function transposeMatrix(ggml: Ggml, stored: StoredTensor): { matrix: Matrix; memory: { free(): void } } {
  const [from, to] = stored.lengths;
  const type = tensorType[transposedTypeName(stored.typeName, to)];
  const context = ggml.newContext({ tensors: 1 });
  const tensor = ggml.calls.newMatrix(context, type, to, from);
  const memory = ggml.allocate(context);
  const matrix: Matrix = { tensor, type, lengths: [to, from] };
  const rows = Math.max(1, Math.floor(slabValues / to / rowsInBlocks)) * rowsInBlocks;
  for (let start = 0; start < from; start += rows) {
    transposeSlab(ggml, { stored, matrix }, { start, rows: Math.min(rows, from - start) });
  }
  return { matrix, memory };
}

/** Some rows of the result, which are columns of what is stored. */
function transposeSlab(
  ggml: Ggml,
  { stored, matrix }: { stored: StoredTensor; matrix: Matrix },
  { start, rows }: { start: number; rows: number },
): void {
  const { calls } = ggml;
  const [from, to] = stored.lengths;
  const context = ggml.newContext({ tensors: 8, graphNodes: 8 });
  const storedRow = calls.rowBytes(stored.type, from);
  const columns = calls.view2d(context, stored.tensor, rows, to, storedRow, calls.rowBytes(stored.type, start));
  const targetRow = calls.rowBytes(matrix.type, to);
  const place = calls.view2d(context, matrix.tensor, to, rows, targetRow, targetRow * start);
  const floats = calls.cast(context, columns, tensorType.F32);
  const graph = calls.newGraph(context, 8, false);
  calls.expand(graph, calls.copy(context, operationsIn(calls, context).transposed(floats), place));
  const memory = ggml.allocateGraph(graph);
  ggml.compute(graph);
  memory.free();
  calls.free(context);
}
