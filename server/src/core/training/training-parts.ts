import type { BlobStore } from '../../ports/blob-store.ts';
import type { Engine } from '../../ports/engine.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { Trainer, TrainingBase, TrainingRun } from '../../ports/trainer.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import type { Publications } from './publications.ts';
import type { TrainedAdapter } from './trained-adapter.ts';
import type { TrainingTools } from './training-tools.ts';

/** What a training job is run with. */
export interface TrainingParts {
  jobs: JobQueue;
  trainer: Trainer;
  trainingSets: TrainingSetStore;
  versions: TrainingVersionStore;
  blobs: BlobStore;
  engine: Pick<Engine, 'generate' | 'load'>;
  tools: TrainingTools;
  publications: Publications;
  /** The file of a base. Rejects with `model_unavailable` when it is not on this machine, or not a file of it at all. */
  findBase(model: string): Promise<TrainingBase & { bytes: number }>;
  /** Piece by piece: the file that the trainer made. */
  readAdapter(path: string): AsyncIterable<Uint8Array>;
  /** Keeps another adapter that changes the base by a share of what that one does. */
  weaken(adapter: { digest: string; share: number }): Promise<TrainedAdapter>;
  limits: TrainingRun['limits'];
  now: () => Date;
  /** Told what went wrong that nobody foresaw. */
  onError: (error: unknown) => void;
}
