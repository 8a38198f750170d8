import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface SyntheticModels {
  writeSyntheticGguf(path: string, shape: unknown): Promise<void>;
  tinyShape: { contextTokens: number };
}

interface SyntheticRerankers {
  writeSyntheticReranker(path: string): Promise<void>;
}

interface SyntheticLoras {
  writeSyntheticLora(path: string, options: { shape: unknown; seed: number }): Promise<void>;
}

/** Writes a tiny model of random weights, which never ends an answer by itself; returns its tokens of context. */
export async function writeTinyModel(
  path: string,
  change: { layers?: number; infill?: boolean; isBare?: boolean } = {},
): Promise<number> {
  const models = await built<SyntheticModels>('synthetic-gguf');
  await models.writeSyntheticGguf(path, { ...models.tinyShape, ...change });
  return models.tinyShape.contextTokens;
}

/** Writes a tiny reranker, whose judgement is worth nothing. */
export async function writeTinyReranker(path: string): Promise<void> {
  await (await built<SyntheticRerankers>('synthetic-reranker')).writeSyntheticReranker(path);
}

/** Writes a LoRA adapter for the model of `writeTinyModel`, which makes its text another one for each seed. */
export async function writeTinyAdapter(path: string, seed: number): Promise<void> {
  const { tinyShape: shape } = await built<SyntheticModels>('synthetic-gguf');
  await (await built<SyntheticLoras>('synthetic-lora')).writeSyntheticLora(path, { shape, seed });
}

/** A module of the benchmarks, which are a package of their own. */
async function built<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(resolve(`bench/dist/${name}.js`)).href)) as Module;
}
