import type { TrainingExample, TrainingRow } from '../models/training-example.ts';
import type { Told } from '../errors/told.ts';

/** Makes LoRA adapters over models. One run at a time on a machine; others wait where they are asked for, and say so. */
export interface Trainer extends AsyncDisposable {
  readonly traits: { readonly kind: string };
  /** Whether it can train this base with these rows within the limits, and what that takes; never rejects for a base it cannot train. */
  assess(run: TrainingRun): Promise<Assessment>;
  /**
   * Trains, telling each step, and ends with `finished`, whose adapter is a file in the folder of the run. A run that was
   * stopped, by the signal or by the death of any process, goes on from its last checkpoint when it is asked for again
   * with the same id, and then gives the same adapter, byte for byte. An abort writes a checkpoint first. When only the
   * process that computes dies, the run goes on by itself: `started` comes again, and steps since the checkpoint, too.
   * Rejects with `trainer_unavailable` when it cannot train this at all, `training_failed` when the loss is no number or
   * the trainer dies again and again, `disk_full`, and `timeout` beyond the limits.
   */
  train(run: TrainingRun, options: { signal: AbortSignal }): AsyncIterable<TrainingEvent>;
  /** Ids of the runs of which something is left, whoever began them; perhaps others, of which nothing is known. */
  kept(): Promise<readonly string[]>;
  /** Removes what a run left: checkpoints and adapter. */
  discard(runId: string): Promise<void>;
}

export interface TrainingRun {
  id: string;
  base: TrainingBase;
  /** In the order in which they were given; the trainer shuffles them by the seed. */
  training: readonly TrainingItem[];
  /** Not trained on: the adapter of the epoch with the smallest loss on them is kept. */
  validation: readonly TrainingItem[];
  hyperparameters: Hyperparameters;
  limits: { threads: number; memoryBytes: number; milliseconds: number };
}

export interface TrainingBase {
  /** Its name in `ports/model-files.ts`. */
  model: string;
  /** Of its GGUF file. */
  path: string;
  sha256: string;
}

/** One example, as text for trainers elsewhere and as tokens of the serving tokenizer. */
export interface TrainingItem {
  example: TrainingExample;
  row: TrainingRow;
}

export type TrainingTargets = 'all' | 'feed_forward';

export interface Hyperparameters {
  /** Which matrices of a layer are changed: those of attention read the prompt, those of the feed-forward net know things. */
  targets: TrainingTargets;
  rank: number;
  alpha: number;
  /** Of the largest steps; falls as a cosine after a linear rise. */
  learningRate: number;
  epochs: number;
  /** Tokens of several rows that make one step. */
  tokensPerStep: number;
  /** Largest norm of all gradients together. */
  clip: number;
  weightDecay: number;
  /** Share of the steps in which the rate rises. */
  warmUp: number;
  /** Epochs without a smaller validation loss after which it ends. */
  patience: number;
  seed: number;
}

export interface Assessment {
  possible: boolean;
  /** Why not, in one sentence; null when it is possible. */
  reason: Told | null;
  memoryBytes: number;
  seconds: number;
}

export type TrainingEvent =
  /** Another service of this machine trains: `started` comes when it has ended. */
  | { type: 'waiting' }
  | { type: 'started'; steps: number; resumedAt: number }
  | { type: 'step'; step: number; loss: number; tokensPerSecond: number; secondsLeft: number }
  | { type: 'epoch'; epoch: number; validationLoss: number }
  | { type: 'finished'; adapterPath: string; sha256: string; bytes: number; steps: number; validationLoss: number };
