import type { Job } from '../../models/job.ts';
import { hasEnded } from '../knowledge/ingestion/wait-for-job.ts';
import { checkpointOf, jobIdOf, runIdOf, trainingPayload, versionIdOf } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';

type TakeBackParts = Pick<TrainingParts, 'trainer' | 'versions' | 'publications'>;

/** Undoes all that a cancelled job did: its version answers no more and is gone, and the trainer keeps nothing. */
export async function takeBack(parts: TakeBackParts, job: Job): Promise<void> {
  await takeBackVersions(parts, job);
  await discardRuns(parts, job);
}

/** Of a job that perhaps somebody works on, who then clears up the rest. */
export async function takeBackVersions(
  { versions, publications }: Pick<TrainingParts, 'versions' | 'publications'>,
  job: Job,
): Promise<void> {
  const { plan } = checkpointOf(job);
  for (let round = 1; round <= (plan?.round ?? 0); round += 1) {
    const id = versionIdOf(job, { round });
    await publications.rollBack(trainingPayload(job).base, { userId: job.ownerId, only: id });
    await versions.delete(id);
  }
}

/** Removes what the trainer kept to go on with. */
export async function discardRuns({ trainer }: Pick<TrainingParts, 'trainer'>, job: Job): Promise<void> {
  const { plan } = checkpointOf(job);
  for (let round = 1; round <= (plan?.round ?? 0); round += 1) await trainer.discard(runIdOf(job, { round }));
}

/** Removes what the trainer here keeps for jobs that have ended, for whoever worked on them died before. */
export async function discardLeftovers({ trainer, jobs }: Pick<TrainingParts, 'trainer' | 'jobs'>): Promise<void> {
  for (const runId of await trainer.kept()) {
    const jobId = jobIdOf(runId);
    const job = jobId === undefined ? undefined : await jobs.find(jobId);
    if (job !== undefined && hasEnded(job)) await trainer.discard(runId);
  }
}
