import type { Ggml } from '../ggml/open-ggml.ts';
import { tensorType, weightTypes } from '../ggml/tensor-type.ts';
import type { WeightSpeeds } from '../messages.ts';

const width = 1024;
const tokens = 64;
const measuredMs = 20;

/** How fast this machine multiplies with weights of each type, measured on one matrix in a moment. */
export function measureSpeeds(ggml: Ggml): WeightSpeeds {
  return Object.fromEntries(weightTypes.map((name): [string, number] => [name, speedOf(ggml, tensorType[name])]));
}

function speedOf(ggml: Ggml, type: number): number {
  const { calls } = ggml;
  const stored = ggml.newContext({ tensors: 2 });
  const weights = calls.newMatrix(stored, type, width, width);
  const input = calls.newMatrix(stored, tensorType.F32, width, tokens);
  const memory = ggml.allocate(stored);
  calls.write(weights, new Uint8Array(calls.byteLength(weights)), 0, calls.byteLength(weights));
  ggml.write(input, new Float32Array(width * tokens).fill(1));
  const context = ggml.newContext({ tensors: 2, graphNodes: 2 });
  const graph = calls.newGraph(context, 2, false);
  calls.expand(graph, calls.matMul(context, weights, input));
  const computed = ggml.allocateGraph(graph);
  ggml.compute(graph);
  const startedAt = performance.now();
  let products = 0;
  for (; performance.now() - startedAt < measuredMs; products++) ggml.compute(graph);
  const seconds = (performance.now() - startedAt) / 1000;
  computed.free();
  memory.free();
  calls.free(context);
  calls.free(stored);
  return (products * 2 * width * width * tokens) / seconds;
}
