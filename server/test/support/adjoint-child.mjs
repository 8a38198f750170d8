// Prints how far the transposed matrices of a base are from its own: `node adjoint-child.mjs BASE [fast]`, the largest of
// |<W x, y> - <x, Wᵀ y>| / (|W x| |y|). A process of its own, because ggml ends its process when something is wrong.
const built = (path) => import(new URL(`../../dist/services/trainer/local/${path}.js`, import.meta.url));
const { openGgml } = await built('ggml/open-ggml');
const { tensorType } = await built('ggml/tensor-type');
const { mapWeights } = await built('model/map-weights');
const { readLlama } = await built('model/read-llama');
const { loadProductWeights } = await built('model/product-weights');
const { createRandom } = await built('run/random');

const ggml = openGgml({ threads: 1 });
const shape = await readLlama(process.argv[2]);
const base = mapWeights(ggml, { path: process.argv[2], tensors: [...shape.tensors.values()] });
const products = await loadProductWeights(ggml, { base, shape, usesFastCopies: process.argv[3] === 'fast' });
const random = createRandom(1);

let largest = 0;
for (const [name, { forward: matrix, transposed }] of products) {
  const [from, to] = base.get(name).lengths;
  const x = Float32Array.from({ length: from }, () => random() - 0.5);
  const y = Float32Array.from({ length: to }, () => random() - 0.5);
  const forward = times(matrix, x, to);
  const backward = times(transposed, y, from);
  const difference = Math.abs(product(forward, y) - product(x, backward));
  largest = Math.max(largest, difference / Math.sqrt(product(forward, forward) * product(y, y)));
}
console.log(largest);

function times(matrix, vector, length) {
  const { calls } = ggml;
  const given = ggml.newContext({ tensors: 1 });
  const input = calls.newVector(given, tensorType.F32, vector.length);
  ggml.allocate(given);
  ggml.write(input, vector);
  const context = ggml.newContext({ tensors: 2, graphNodes: 2 });
  const result = calls.matMul(context, matrix, input);
  const graph = calls.newGraph(context, 2, false);
  calls.expand(graph, result);
  ggml.allocateGraph(graph);
  ggml.compute(graph);
  const values = new Float32Array(length);
  ggml.read(result, values);
  return values;
}

function product(first, second) {
  return first.reduce((sum, value, index) => sum + value * second[index], 0);
}
