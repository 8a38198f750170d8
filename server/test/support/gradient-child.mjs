// Prints how gradients over a base compare with differences of its loss: `node gradient-child.mjs BASE SPREAD STEP`.
// A process of its own, because ggml ends its process when something is wrong.
const built = (path) => import(new URL(`../../dist/services/trainer/local/${path}.js`, import.meta.url));
const { openGgml } = await built('ggml/open-ggml');
const { slopesOf } = await built('model/gradient-differences');
const { loadModel } = await built('model/load-model');
const { readLlama } = await built('model/read-llama');

const [path, spread, stepLength] = process.argv.slice(2);
const ggml = openGgml({ threads: 1 });
const model = await loadModel(
  ggml,
  { path, shape: await readLlama(path), usesFastCopies: true },
  { targets: 'all', rank: 4, alpha: 8, seed: 1 },
);
console.log(JSON.stringify(slopesOf(ggml, model, { spread: Number(spread), stepLength: Number(stepLength) })));
