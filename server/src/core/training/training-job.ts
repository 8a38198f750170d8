import type { ErrorIssue } from '../../errors/app-error.ts';
import type { Job } from '../../models/job.ts';
import type { NewJob } from '../../ports/job-queue.ts';
import type { AskedHyperparameters } from './hyperparameters.ts';

/** What a training job is at, as its `progress.step`; `waiting` for another service that trains on the machine. */
export const trainingPhases = ['validating', 'waiting', 'running', 'evaluating', 'publishing'] as const;
export type TrainingPhase = (typeof trainingPhases)[number];

/** The payload of a training job. */
export interface TrainingPayload {
  /** The model that learns. */
  base: string;
  /** The set with the examples of this job. */
  set: string;
  hyperparameters: AskedHyperparameters;
  publish: 'auto' | 'manual';
  /** The job that reads the documents that came with the examples; null: there were none. */
  ingestion: string | null;
  /** What is odd about the examples, but no reason not to train. */
  warnings: readonly ErrorIssue[];
  /** Of those documents: who may not see them may not see the job. */
  collections: readonly string[];
}

/** What whoever takes the job over must know, so that it trains with the same. */
export interface TrainingPlan {
  /** Counts how often the training was begun anew because another version came into force meanwhile. */
  round: number;
  /** The version in force when the sets were chosen. */
  parent: string | null;
  /** Whose examples are trained on, oldest first, the job's own last. */
  sets: readonly string[];
  setsLeftOut: number;
  /** The set of examples of what the base can do, which are trained along. */
  replay: string;
  /** The set of others, by which it is measured whether it still can. */
  measured: string;
}

export function trainingJob(ownerId: string, payload: TrainingPayload): NewJob {
  return { kind: 'train', ownerId, payload: { ...payload }, total: 0 };
}

export function trainingPayload({ payload }: Pick<Job, 'payload'>): TrainingPayload {
  return payload as unknown as TrainingPayload;
}

export interface TrainingCheckpoint {
  plan?: TrainingPlan;
  /** How often something went wrong that may go by itself. */
  tries?: number;
}

export function checkpointOf({ progress }: Pick<Job, 'progress'>): TrainingCheckpoint {
  return progress.checkpoint;
}

/** The same for every attempt of a round: what a crash left half-way is found again. */
export function runIdOf(job: Pick<Job, 'id'>, { round }: Pick<TrainingPlan, 'round'>): string {
  return `${job.id}-${round}`;
}

/** Of the job that has the run; undefined for what is no run of a job. */
export function jobIdOf(runId: string): string | undefined {
  return /^(job_.+)-\d+$/.exec(runId)?.[1];
}

/** The version that a round of a job makes. */
export function versionIdOf(job: Pick<Job, 'id'>, { round }: Pick<TrainingPlan, 'round'>): string {
  return `ver_${job.id.replace(/^job_/, '')}${round === 1 ? '' : `_${round}`}`;
}

/** The result of a training job that ended with a version. */
export interface TrainingResult {
  version: string;
  accepted: boolean;
  published: boolean;
  [detail: string]: unknown;
}

export function trainingResult(job: Pick<Job, 'result'>): TrainingResult | undefined {
  return typeof job.result?.['version'] === 'string' ? (job.result as unknown as TrainingResult) : undefined;
}
