import { createHash } from 'node:crypto';
import type { TrainingItem, TrainingRun } from '../../../../ports/trainer.ts';

/** Changes when the same run would give other numbers, so that older checkpoints do not fit any more. */
const trainerVersion = 2;

/** Of the base, the rows and the hyperparameters: what makes an adapter what it is. */
export function runDigest({ base, training, validation, hyperparameters }: TrainingRun): string {
  const settings = Object.entries(hyperparameters).toSorted(([first], [second]) => (first < second ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([trainerVersion, base.sha256, numbersOf(training), numbersOf(validation), settings]))
    .digest('hex');
}

function numbersOf(items: readonly TrainingItem[]): number[][] {
  return items.map(({ row }) => [row.answerStart, ...row.tokens]);
}
