import type { TrainingRow } from '../../../../models/training-example.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { createTrainingGraph, type TrainedModel } from '../graph/training-graph.ts';
import { createRandom } from '../run/random.ts';
import { projections } from './llama-shape.ts';
import type { LoraParameter } from './lora-adapter.ts';

/** Two rows, because gradients of rows that are packed together must not mix. */
const rows: readonly TrainingRow[] = [
  { tokens: [1, 40, 50, 60, 7, 8, 9, 10, 11, 12], answerStart: 4 },
  { tokens: [1, 33, 44, 55, 6, 17, 28], answerStart: 3 },
];
const kinds = projections.flatMap((projection) => [`${projection}.weight.lora_a`, `${projection}.weight.lora_b`]);

/** How the loss changes along one random direction of one kind of matrix. */
export interface Slope {
  kind: string;
  /** By the gradients. */
  predicted: number;
  /** By the central difference of the loss. */
  measured: number;
}

/** @param spread of the values of the adapter and of the directions */
export function slopesOf(
  ggml: Ggml,
  model: TrainedModel,
  { spread, stepLength }: { spread: number; stepLength: number },
): Slope[] {
  const { adapter } = model;
  const graph = createTrainingGraph(ggml, model);
  const random = createRandom(2);
  const randomize = (values: Float32Array): Float32Array => values.map(() => spread * (2 * random() - 1));
  // As it begins, `B` is zero and so are the gradients of `A`.
  for (const { values } of adapter.parameters) values.set(randomize(values));
  adapter.upload();
  graph.differentiate(rows);
  return kinds.map((kind) => {
    const moved = adapter.parameters
      .filter(({ name }) => name.endsWith(kind))
      .map((parameter) => ({ parameter, direction: randomize(parameter.values) }));
    const lossAt = (distance: number): number => {
      for (const { parameter, direction } of moved) moveAlong(parameter, direction, distance);
      adapter.upload();
      const { sum, tokens } = graph.evaluate(rows);
      for (const { parameter, direction } of moved) moveAlong(parameter, direction, -distance);
      return sum / tokens;
    };
    return {
      kind,
      predicted: moved.reduce((sum, { parameter, direction }) => sum + product(parameter.gradient, direction), 0),
      measured: (lossAt(stepLength) - lossAt(-stepLength)) / (2 * stepLength),
    };
  });
}

function moveAlong({ values }: LoraParameter, direction: Float32Array, distance: number): void {
  for (let index = 0; index < values.length; index++) values[index]! += direction[index]! * distance;
}

function product(first: Float32Array, second: Float32Array): number {
  return first.reduce((sum, value, index) => sum + value * second[index]!, 0);
}
