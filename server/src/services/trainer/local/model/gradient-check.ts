import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingRow } from '../../../../models/training-example.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { createTrainingGraph, type TrainingGraph } from '../graph/training-graph.ts';
import { createRandom } from '../run/random.ts';
import { ggufPieces } from '../run/write-gguf.ts';
import { projections } from './llama-shape.ts';
import { loadModel } from './load-model.ts';
import type { LoraAdapter, LoraParameter } from './lora-adapter.ts';
import { readLlama } from './read-llama.ts';
import { tinyLlama } from './tiny-llama.ts';

/** Two rows, because gradients of rows that are packed together must not mix. */
const rows: readonly TrainingRow[] = [
  { tokens: [1, 40, 50, 60, 7, 8, 9, 10, 11, 12], answerStart: 4 },
  { tokens: [1, 33, 44, 55, 6, 17, 28], answerStart: 3 },
];
/** More than the rows have, so that unused places are checked, too. */
const size = { tokens: 32, answers: 16 };
const stepLength = 0.003;
const toleratedError = 0.01;
const smallestSlope = 0.001;
/** Of the values of the adapter and of the directions. */
const spread = 0.3;

/**
 * Compares gradients of a tiny model with central differences of its loss, for each kind of matrix along one random
 * direction, and throws when they differ: the libraries of this machine do not compute what the backward pass expects.
 * @param scratch a folder for the file of that model
 */
export async function checkGradients(ggml: Ggml, scratch: string): Promise<void> {
  const folder = await mkdtemp(join(scratch, 'check-'));
  try {
    const path = join(folder, 'tiny.gguf');
    const { entries, tensors } = tinyLlama();
    await writeFile(path, ggufPieces(entries, tensors));
    const shape = await readLlama(path);
    const model = await loadModel(ggml, { path, shape }, { rank: 4, alpha: 8, seed: 1 });
    compare(createTrainingGraph(ggml, model, size), model.adapter);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compare(graph: TrainingGraph, adapter: LoraAdapter): void {
  const random = createRandom(2);
  // As it begins, `B` is zero and so are the gradients of `A`.
  for (const { values } of adapter.parameters) fillRandomly(values, random);
  adapter.upload();
  graph.differentiate(rows);
  for (const kind of projections.flatMap((projection) => [
    `${projection}.weight.lora_a`,
    `${projection}.weight.lora_b`,
  ])) {
    const moved = adapter.parameters
      .filter(({ name }) => name.endsWith(kind))
      .map((parameter) => ({ parameter, direction: fillRandomly(parameter.values.slice(), random) }));
    const predicted = moved.reduce((sum, { parameter, direction }) => sum + product(parameter.gradient, direction), 0);
    const lossAt = (distance: number): number => {
      for (const { parameter, direction } of moved) moveAlong(parameter, direction, distance);
      adapter.upload();
      const { sum, tokens } = graph.evaluate(rows);
      for (const { parameter, direction } of moved) moveAlong(parameter, direction, -distance);
      return sum / tokens;
    };
    const measured = (lossAt(stepLength) - lossAt(-stepLength)) / (2 * stepLength);
    if (!(Math.abs(predicted - measured) <= toleratedError * Math.abs(measured) + smallestSlope)) {
      throw new Error(`the gradient of ${kind} is ${predicted}, and differences say ${measured}`);
    }
  }
}

function moveAlong({ values }: LoraParameter, direction: Float32Array, distance: number): void {
  for (let index = 0; index < values.length; index++) values[index]! += direction[index]! * distance;
}

function product(first: Float32Array, second: Float32Array): number {
  return first.reduce((sum, value, index) => sum + value * second[index]!, 0);
}

function fillRandomly(values: Float32Array, random: () => number): Float32Array {
  for (let index = 0; index < values.length; index++) values[index] = spread * (2 * random() - 1);
  return values;
}
