import type { TrainingExample } from './training-example.ts';

/** Examples that were given together, as they are kept. */
export interface TrainingSet {
  id: string;
  ownerId: string;
  examples: number;
  /** How many parts they are kept in, from 1 on. */
  parts: number;
  createdAt: Date;
}

/** Some of the examples of a set, small enough for one record. */
export interface TrainingPart {
  setId: string;
  number: number;
  examples: readonly TrainingExample[];
}
