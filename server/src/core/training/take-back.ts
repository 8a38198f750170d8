import type { Job } from '../../models/job.ts';
import { checkpointOf, runIdOf, trainingPayload, versionIdOf } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';

type TakeBackParts = Pick<TrainingParts, 'trainer' | 'versions' | 'publications'>;

/** Undoes all that a cancelled job did: its version answers no more and is gone, and the trainer keeps nothing. */
export async function takeBack(parts: TakeBackParts, job: Job): Promise<void> {
  const { plan } = checkpointOf(job);
  for (let round = 1; round <= (plan?.round ?? 0); round += 1) {
    const id = versionIdOf(job, { round });
    await parts.publications.rollBack(trainingPayload(job).base, { userId: job.ownerId, only: id });
    await parts.versions.delete(id);
  }
  await discardRuns(parts, job);
}

/** Removes what the trainer kept to go on with. */
export async function discardRuns({ trainer }: Pick<TrainingParts, 'trainer'>, job: Job): Promise<void> {
  const { plan } = checkpointOf(job);
  for (let round = 1; round <= (plan?.round ?? 0); round += 1) await trainer.discard(runIdOf(job, { round }));
}
