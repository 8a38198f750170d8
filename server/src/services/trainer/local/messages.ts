import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { TrainingRow } from '../../../models/training-example.ts';
import type { Hyperparameters, TrainingEvent } from '../../../ports/trainer.ts';

/** What the service sends to a trainer process: one `check` or one `train`, and at any time after it `stop`. */
export type TrainerRequest = { type: 'check'; scratch: string } | { type: 'train'; job: TrainerJob } | { type: 'stop' };

/** What comes back: for `check` `checked` or `failed`; for `train` events, and then `done`, `stopped` or `failed`. */
export type TrainerReply =
  | { type: 'checked'; speeds: WeightSpeeds }
  | { type: 'event'; event: TrainingEvent }
  | { type: 'done' }
  | { type: 'stopped' }
  | { type: 'failed'; code: ErrorCode; detail: string; cause: string };

/** A run, as far as the process needs to know it. */
export interface TrainerJob {
  /** Where checkpoints and the adapter go. */
  folder: string;
  basePath: string;
  /** Of everything that makes the adapter what it is: checkpoints of something else are not its own. */
  digest: string;
  training: readonly TrainingRow[];
  validation: readonly TrainingRow[];
  hyperparameters: Hyperparameters;
  threads: number;
}

/** Operations per second of one thread in products with a matrix, by the type of its weights. */
export type WeightSpeeds = Readonly<Record<string, number>>;
