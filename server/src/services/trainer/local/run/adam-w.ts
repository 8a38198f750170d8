import type { LoraParameter } from '../model/lora-adapter.ts';

const meanDecay = 0.9;
const squareDecay = 0.999;
const epsilon = 1e-8;

export interface AdamW {
  /** Means of gradients and of their squares, as typed arrays that a checkpoint keeps: two for each parameter, in order. */
  readonly moments: readonly Float32Array[];
  /** Changes the values by their gradients; returns the norm of all gradients before they were clipped. */
  step(settings: { number: number; rate: number }): number;
}

/** Source: Loshchilov and Hutter 2017, arXiv 1711.05101; clipping by the norm of all: Pascanu et al. 2012, arXiv 1211.5063 */
export function createAdamW(
  parameters: readonly LoraParameter[],
  { clip, weightDecay }: { clip: number; weightDecay: number },
): AdamW {
  const states = parameters.map((parameter) => ({
    parameter,
    mean: new Float32Array(parameter.values.length),
    square: new Float32Array(parameter.values.length),
  }));
  return {
    moments: states.flatMap(({ mean, square }) => [mean, square]),
    step({ number, rate }) {
      const norm = Math.sqrt(parameters.reduce((sum, { gradient }) => sum + sumOfSquares(gradient), 0));
      const step = {
        gradientFactor: norm > clip ? clip / norm : 1,
        keep: 1 - rate * weightDecay,
        rate: rate / (1 - meanDecay ** number),
        squareFactor: 1 / (1 - squareDecay ** number),
      };
      for (const state of states) update(state, step);
      return norm;
    },
  };
}

function update(
  { parameter, mean, square }: { parameter: LoraParameter; mean: Float32Array; square: Float32Array },
  { gradientFactor, keep, rate, squareFactor }: Record<'gradientFactor' | 'keep' | 'rate' | 'squareFactor', number>,
): void {
  const { values, gradient } = parameter;
  for (let index = 0; index < values.length; index++) {
    const slope = gradient[index]! * gradientFactor;
    mean[index] = meanDecay * mean[index]! + (1 - meanDecay) * slope;
    square[index] = squareDecay * square[index]! + (1 - squareDecay) * slope * slope;
    values[index] =
      values[index]! * keep - (rate * mean[index]!) / (Math.sqrt(square[index]! * squareFactor) + epsilon);
  }
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
