import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { Told } from '../../../errors/told.ts';
import type { TrainingRow } from '../../../models/training-example.ts';
import type { Hyperparameters, TrainingEvent } from '../../../ports/trainer.ts';
import type { MergePaths } from './merge/merged-file.ts';

/** What the service sends to a trainer process first: what it is for. */
export type TrainerTask =
  | { type: 'check'; scratch: string }
  | { type: 'train'; job: TrainerJob }
  | ({ type: 'merge' } & MergePaths);

/** What may come after it: for `train` at any time `stop`; for `merge` `next` for each piece. */
export type TrainerRequest = TrainerTask | { type: 'stop' } | { type: 'next' };

/**
 * What comes back: for `check` `checked`; for `train` events, and then `done` or `stopped`; for `merge` `merging`, pieces,
 * and then `merged`; and for each of them `failed` instead.
 */
export type TrainerReply =
  | ({ type: 'checked' } & ProductSpeeds)
  | { type: 'merging'; bytes: number }
  | { type: 'piece'; piece: Uint8Array }
  | { type: 'merged' }
  | { type: 'event'; event: TrainingEvent }
  | { type: 'done' }
  | { type: 'stopped' }
  | { type: 'failed'; code: ErrorCode; detail: Told | undefined; cause: string };

/** A run, as far as the process needs to know it. */
export interface TrainerJob {
  /** Where checkpoints and the adapter go. */
  folder: string;
  /** Of the file by which processes of the machine take turns. */
  turnPath: string;
  basePath: string;
  /** Of everything that makes the adapter what it is: checkpoints of something else are not its own. */
  digest: string;
  training: readonly TrainingRow[];
  validation: readonly TrainingRow[];
  hyperparameters: Hyperparameters;
  threads: number;
  usesFastCopies: boolean;
}

/** How a machine multiplies. */
export interface ProductSpeeds {
  /** Operations per second of one thread in products with a matrix, by the type of its weights. */
  speeds: Readonly<Record<string, number>>;
  /** Whether its faster copies of matrices may be used. */
  usesFastCopies: boolean;
}
