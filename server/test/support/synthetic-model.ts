import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

interface SyntheticModels {
  writeSyntheticGguf(path: string, shape: unknown): Promise<void>;
  tinyShape: { contextTokens: number };
}

/** Writes a tiny model of random weights, which never ends an answer by itself; returns its tokens of context. */
export async function writeTinyModel(path: string): Promise<number> {
  const built = pathToFileURL(resolve('bench/dist/synthetic-gguf.js')).href;
  const models = (await import(built)) as SyntheticModels;
  await models.writeSyntheticGguf(path, models.tinyShape);
  return models.tinyShape.contextTokens;
}
