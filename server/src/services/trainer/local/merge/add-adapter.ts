import type { Tensor } from '../ggml/ggml-calls.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { operationsIn } from '../ggml/operations.ts';
import { tensorType, type WeightType } from '../ggml/tensor-type.ts';
import type { StoredTensor } from '../model/map-weights.ts';

/** What an adapter adds to a matrix: `scale * B A`. */
export interface Addition {
  /** `[from, rank]` */
  a: StoredTensor;
  /** `[rank, to]` */
  b: StoredTensor;
  scale: number;
}

interface SumRequest {
  stored: StoredTensor;
  addition: Addition;
  type: WeightType;
}

/** Values that are floats at once: 4 MB. */
const slabValues = 2 ** 20;

/** The rows of a matrix with what is added to them, some after the other, so that a large one takes little memory. */
export function* mergedRows(ggml: Ggml, request: SumRequest): Generator<Uint8Array> {
  const [from, to] = request.stored.lengths;
  const rows = Math.max(1, Math.floor(slabValues / from));
  for (let start = 0; start < to; start += rows) {
    yield sumOf(ggml, request, { start, rows: Math.min(rows, to - start) });
  }
}

function sumOf(ggml: Ggml, { stored, addition, type }: SumRequest, range: RowRange): Uint8Array {
  const { calls } = ggml;
  const context = ggml.newContext({ tensors: 16, graphNodes: 16 });
  const { add, matMul, scale, transposed } = operationsIn(calls, context);
  const floats = (tensor: Tensor): Tensor => calls.cast(context, tensor, tensorType.F32);
  const rowsOf = ({ tensor, type: storedType, lengths: [inRow] }: StoredTensor): Tensor => {
    const rowBytes = calls.rowBytes(storedType, inRow);
    return floats(calls.view2d(context, tensor, inRow, range.rows, rowBytes, rowBytes * range.start));
  };
  const product = matMul(transposed(floats(addition.a.tensor)), rowsOf(addition.b));
  const sum = calls.cast(context, add(rowsOf(stored), scale(product, addition.scale)), tensorType[type]);
  calls.setOutput(sum);
  const graph = calls.newGraph(context, 16, false);
  calls.expand(graph, sum);
  const memory = ggml.allocateGraph(graph);
  ggml.compute(graph);
  const bytes = new Uint8Array(calls.byteLength(sum));
  ggml.read(sum, bytes);
  memory.free();
  calls.free(context);
  return bytes;
}

interface RowRange {
  start: number;
  rows: number;
}
