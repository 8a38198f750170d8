import type { TrainerJob } from '../messages.ts';
import { epochPacks, largestSize, type Pack, type PackSize, packRows, totalSize } from './pack-rows.ts';

/** All steps of a run, which are known before the first one. */
export interface TrainingPlan {
  /** Of one epoch. */
  packs(epoch: number): readonly Pack[];
  validation: readonly Pack[];
  /** Of all epochs. */
  steps: number;
  /** What every pack fits into. */
  largest: PackSize;
  /** Of all steps together. */
  trained: PackSize;
  /** Of one validation. */
  validated: PackSize;
}

export function planTraining({
  training,
  validation,
  hyperparameters,
}: Pick<TrainerJob, 'training' | 'validation' | 'hyperparameters'>): TrainingPlan {
  const { epochs, seed, tokensPerStep } = hyperparameters;
  const packed = Array.from({ length: epochs }, (_, epoch) =>
    epochPacks(training, { epoch, seed, mostTokens: tokensPerStep }),
  );
  const validationPacks = packRows(validation, tokensPerStep);
  return {
    packs: (epoch) => packed[epoch] ?? [],
    validation: validationPacks,
    steps: packed.reduce((sum, packs) => sum + packs.length, 0),
    largest: largestSize([...packed.flat(), ...validationPacks]),
    trained: totalSize(packed.flat()),
    validated: totalSize(validationPacks),
  };
}
