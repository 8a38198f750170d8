import type { TrainerJob } from '../messages.ts';
import { epochPacks, largestPack, type Pack, type PackSize, packRows, stepTokens } from './pack-rows.ts';

/** All steps of a run, which are known before the first one. */
export interface TrainingPlan {
  /** Of one epoch. */
  packs(epoch: number): readonly Pack[];
  validation: readonly Pack[];
  /** Of all epochs. */
  steps: number;
  /** What every pack fits into. */
  size: PackSize;
}

export function planTraining({
  training,
  validation,
  hyperparameters,
}: Pick<TrainerJob, 'training' | 'validation' | 'hyperparameters'>): TrainingPlan {
  const { epochs, seed, tokensPerStep } = hyperparameters;
  const mostTokens = stepTokens([...training, ...validation], tokensPerStep);
  const packed = Array.from({ length: epochs }, (_, epoch) => epochPacks(training, { epoch, seed, mostTokens }));
  const validationPacks = packRows(validation, mostTokens);
  return {
    packs: (epoch) => packed[epoch] ?? [],
    validation: validationPacks,
    steps: packed.reduce((sum, packs) => sum + packs.length, 0),
    size: largestPack([...packed.flat(), ...validationPacks], mostTokens),
  };
}
