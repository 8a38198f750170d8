import type { Hyperparameters } from '../../ports/trainer.ts';

/** What is undefined is left to what serves well. */
export type AskedHyperparameters = { readonly [K in keyof Hyperparameters]?: Hyperparameters[K] | undefined };

/** What learns new facts in a few epochs and keeps the rest, for models of a billion parameters. */
const usual: Hyperparameters = {
  targets: 'all',
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

/**
 * A model of a few million parameters needs larger steps, and more of them. Its attention is left as it is: with changed
 * attention it read sources worse. A step has room for most questions over three documents, beside something new: with smaller
 * ones there are more steps, and more was forgotten.
 */
const ofTinyModels: Partial<Hyperparameters> = {
  targets: 'feed_forward',
  learningRate: 3e-3,
  tokensPerStep: 384,
};
const tinyBytes = 64 * 2 ** 20;

/** How new examples and replayed ones are mixed. */
export interface Mixture {
  /** How often each new example is trained on in an epoch, at least. */
  times: number;
  /** New rows in an epoch, also where there are few examples: each then comes more often, but not more than `mostTimes`. */
  leastTaught: number;
  mostTimes: number;
  /** Examples that are replayed even for few new ones. */
  leastReplayed: number;
}

/** A tiny model forgets by every step, however few examples it is for. */
export function mixtureFor({ bytes }: { bytes: number }): Mixture {
  return bytes < tinyBytes
    ? { times: 2, leastTaught: 144, mostTimes: 14, leastReplayed: 108 }
    : { times: 1, leastTaught: 1, mostTimes: 1, leastReplayed: 32 };
}

/** Tokens that an example may have in any case. */
const longestExample = 512;

/** The longest example that is taken: a step grows to the longest row. */
export function mostTokensOfExample({ tokensPerStep }: Pick<Hyperparameters, 'tokensPerStep'>): number {
  return Math.max(tokensPerStep, longestExample);
}

/** What was asked for, over what suits a base of that size. */
export function hyperparametersFor(asked: AskedHyperparameters, base: { bytes: number }): Hyperparameters {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...usual, ...(base.bytes < tinyBytes ? ofTinyModels : {}), ...given };
}
