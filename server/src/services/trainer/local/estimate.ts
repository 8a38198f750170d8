import type { TrainingRun } from '../../../ports/trainer.ts';
import type { ProductSpeeds } from './messages.ts';
import { adapterParameters, type LlamaShape, projections, projectionSize, weightName } from './model/llama-shape.ts';
import { transposedTypeName } from './model/transposed-type.ts';
import type { PackSize } from './run/pack-rows.ts';
import { planTraining } from './run/training-plan.ts';

export interface Cost {
  memoryBytes: number;
  seconds: number;
}

const floatBytes = 4;
/** Of the program itself, and of what is small. */
const programBytes = 120 * 2 ** 20;
/** Values, their gradients, two means and the best; of values and gradients ggml has its own. */
const copiesOfAdapter = 7;
const bytesPerNumber = { F32: 4, BF16: 2, Q8_0: 34 / 32 };
/** What is not a product with a frozen matrix: attention, norms, the adapter and the optimiser. */
const otherWork = 1.35;
/** Numbers that are transposed in a second. */
const transposedPerSecond = 60e6;

/** What a run takes, from the sizes of the base and how fast this machine multiplies. */
export function estimate(shape: LlamaShape, run: TrainingRun, { speeds }: ProductSpeeds): Cost {
  const { hyperparameters, limits } = run;
  const plan = planTraining({
    training: run.training.map(({ row }) => row),
    validation: run.validation.map(({ row }) => row),
    hyperparameters,
  });
  const matrices = matricesOf(shape);
  const { epochs } = hyperparameters;
  const forward = (size: PackSize): number => secondsOf(matrices, size, ({ type }) => speeds[type]);
  const backward = (size: PackSize): number => secondsOf(matrices, size, ({ transposed }) => speeds[transposed]);
  const seconds = forward(plan.trained) + backward(plan.trained) + epochs * forward(plan.validated);
  const numbers = matrices.reduce((sum, { count }) => sum + count, 0);
  return {
    memoryBytes: Math.ceil(
      programBytes +
        shape.fileBytes +
        matrices.reduce((sum, { count, transposed }) => sum + count * bytesPerNumber[transposed], 0) +
        adapterParameters(shape, hyperparameters) * copiesOfAdapter * floatBytes +
        computedBytes(shape, plan.largest),
    ),
    seconds: seconds / limits.threads + numbers / transposedPerSecond,
  };
}

interface Matrix {
  /** Numbers in it. */
  count: number;
  type: string;
  transposed: keyof typeof bytesPerNumber;
  /** Only answers go through it. */
  isOutput: boolean;
}

function matricesOf(shape: LlamaShape): Matrix[] {
  const matrix = (name: string, { from, to }: { from: number; to: number }): Matrix => {
    const type = shape.tensors.get(name)?.type ?? 'F32';
    return { count: from * to, type, transposed: transposedTypeName(type, to), isOutput: name === shape.outputName };
  };
  const layers = Array.from({ length: shape.layers }, (_, layer) =>
    projections.map((projection) => matrix(weightName(layer, projection), projectionSize(shape, projection))),
  );
  return [...layers.flat(), matrix(shape.outputName, { from: shape.width, to: shape.vocabulary })];
}

/** Of the products with the frozen matrices, on one thread. */
function secondsOf(
  matrices: readonly Matrix[],
  { tokens, answers }: PackSize,
  speedOf: (matrix: Matrix) => number | undefined,
): number {
  const usualSpeed = 1e10;
  return matrices.reduce((sum, matrix) => {
    const operations = 2 * matrix.count * (matrix.isOutput ? answers : tokens);
    return sum + (operations * otherWork) / (speedOf(matrix) ?? usualSpeed);
  }, 0);
}

/** What a graph keeps from the forward pass for the backward pass, and what one layer and the logits need in between. */
function computedBytes(shape: LlamaShape, { tokens, answers }: PackSize): number {
  const { layers, width, heads, headWidth, keyValueHeads, feedForward, vocabulary } = shape;
  const perToken = 4 * width + 2 * heads * headWidth + 2 * keyValueHeads * headWidth + 4 * feedForward + heads * tokens;
  const logits = 5 * vocabulary * answers;
  return floatBytes * (tokens * perToken * (layers + 1) + logits);
}
