import type { Hyperparameters } from '../../ports/trainer.ts';

/** What is undefined is left to what serves well. */
export type AskedHyperparameters = { readonly [K in keyof Hyperparameters]?: Hyperparameters[K] | undefined };

/** What learns new facts in a few epochs and keeps the rest, for models of a billion parameters. */
const usual: Hyperparameters = {
  rank: 16,
  alpha: 32,
  learningRate: 2e-4,
  epochs: 3,
  tokensPerStep: 512,
  clip: 1,
  weightDecay: 0.01,
  warmUp: 0.05,
  patience: 2,
  seed: 1,
};

/** A model of a few million parameters needs larger steps, and more of them. */
const ofTinyModels: Partial<Hyperparameters> = { rank: 8, alpha: 16, learningRate: 2e-3, epochs: 4, patience: 2 };
const tinyBytes = 64 * 2 ** 20;

/** What was asked for, over what suits a base of that size. */
export function hyperparametersFor(asked: AskedHyperparameters, base: { bytes: number }): Hyperparameters {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...usual, ...(base.bytes < tinyBytes ? ofTinyModels : {}), ...given };
}
