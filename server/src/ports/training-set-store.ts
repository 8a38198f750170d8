import type { TrainingExample } from '../models/training-example.ts';
import type { TrainingSet } from '../models/training-set.ts';

/** Keeps what models are trained with: as long as a version that was trained with it is there, and a day. */
export interface TrainingSetStore {
  /** Keeps the examples under a new id; durable when it resolves. A crash, or a failure, leaves nothing that is listed as a set. */
  add(set: NewTrainingSet): Promise<TrainingSet>;
  /** In the order in which they were given. Rejects with `not_found`. */
  examples(id: string): Promise<TrainingExample[]>;
  /** All of them, by id. */
  list(): Promise<TrainingSet[]>;
  /** Removes a set; one that is not there is fine. */
  remove(id: string): Promise<void>;
  /** Removes what was begun before that moment and never became a set. */
  removeUnfinished(before: Date): Promise<void>;
}

export interface NewTrainingSet {
  id: string;
  ownerId: string;
  examples: readonly TrainingExample[];
  createdAt: Date;
}
