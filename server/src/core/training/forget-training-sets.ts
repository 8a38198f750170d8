import type { JobQueue } from '../../ports/job-queue.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import { allPages } from '../knowledge/all-pages.ts';
import { checkpointOf, trainingPayload } from './training-job.ts';

export interface ForgetPorts {
  jobs: Pick<JobQueue, 'list'>;
  trainingSets: TrainingSetStore;
  versions: Pick<TrainingVersionStore, 'list'>;
}

/** Removes the examples given before that moment that no version was trained on, and no job is to train on. */
export async function forgetTrainingSets({ jobs, trainingSets, versions }: ForgetPorts, before: Date): Promise<void> {
  // The sets first: what comes to need one of them meanwhile is seen afterwards.
  const old = (await trainingSets.list()).filter(({ createdAt }) => createdAt < before);
  const needed = new Set<string>();
  for await (const job of allPages((page) => jobs.list({ kinds: ['train'], state: 'live', ownerId: null }, page))) {
    const { plan } = checkpointOf(job);
    needed.add(trainingPayload(job).set);
    for (const id of plan === undefined ? [] : [...plan.sets, plan.replay, plan.measured]) needed.add(id);
  }
  for await (const { data } of allPages((page) => versions.list(page))) for (const id of data.sets) needed.add(id);
  for (const { id } of old) if (!needed.has(id)) await trainingSets.remove(id);
  await trainingSets.removeUnfinished(before);
}
