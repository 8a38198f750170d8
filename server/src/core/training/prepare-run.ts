import { createHash } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../models/new-id.ts';
import type { TrainingExample } from '../../models/training-example.ts';
import type { TrainedData } from '../../models/training-version.ts';
import type { TrainingBase, TrainingItem, TrainingRun } from '../../ports/trainer.ts';
import type { HeldJob } from './held-job.ts';
import { hyperparametersFor } from './hyperparameters.ts';
import { runIdOf, trainingPayload, type TrainingPlan } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';

export interface PreparedRun {
  plan: TrainingPlan;
  run: TrainingRun;
  /** Of the examples that keep what the base can do; they are trained on too. */
  replay: readonly TrainingItem[];
  data: TrainedData;
}

type Base = TrainingBase & { bytes: number };

/**
 * All that a training job needs, by its plan, or by a new plan: the examples of the version in force and those of the
 * job, as many sets as fit into the limits. Rejects with `trainer_unavailable` when the job's own examples do not fit.
 */
export async function prepareRun(
  parts: TrainingParts,
  held: HeldJob,
  { plan, round }: { plan: TrainingPlan | undefined; round: number },
): Promise<PreparedRun> {
  const base = await parts.findBase(trainingPayload(held.job).base);
  if (plan !== undefined) return assertPossible(parts, await prepare(parts, held, { plan, base }));
  let { sets, parent } = await chooseSets(parts, held, base);
  const chosen = sets.length;
  for (;;) {
    held.signal.throwIfAborted();
    const replay = await keepReplay(parts, held, { base, sets });
    const next: TrainingPlan = { round, parent, sets, setsLeftOut: chosen - sets.length, replay };
    const prepared = await prepare(parts, held, { plan: next, base });
    const { possible } = await parts.trainer.assess(prepared.run);
    if (possible) return prepared;
    await parts.trainingSets.remove(replay);
    if (sets.length === 1) return assertPossible(parts, prepared);
    sets = sets.slice(1);
  }
}

/** Examples that were accepted earlier are trained on again: the adapter is always over the base alone. */
async function chooseSets(
  { versions, publications, trainingSets }: TrainingParts,
  { job }: HeldJob,
  { model, sha256 }: Base,
): Promise<{ sets: readonly string[]; parent: string | null }> {
  const own = trainingPayload(job).set;
  const parent = (await publications.find(model)).versionId;
  const version = parent === null ? undefined : await versions.find(parent);
  if (version === undefined || version.baseSha256 !== sha256) return { sets: [own], parent };
  const there = new Set((await trainingSets.list()).map(({ id }) => id));
  return { sets: [...version.data.sets.filter((id) => id !== own && there.has(id)), own], parent };
}

async function keepReplay(
  { tools, trainingSets, now }: TrainingParts,
  { job, signal }: HeldJob,
  { base, sets }: { base: Base; sets: readonly string[] },
): Promise<string> {
  const examples = await examplesOf(trainingSets, sets);
  const replay = await tools.replay({ model: base.model, examples }, { signal });
  const id = newId('set');
  await trainingSets.add({ id, ownerId: job.ownerId, examples: replay, createdAt: now() });
  return id;
}

async function prepare(
  { tools, trainingSets, limits }: TrainingParts,
  { job }: HeldJob,
  { plan, base: { bytes, ...base } }: { plan: TrainingPlan; base: Base },
): Promise<PreparedRun> {
  const examples = await examplesOf(trainingSets, plan.sets);
  const { training, validation } = tools.divide(examples);
  const replay = await tools.toItems(base.model, await trainingSets.examples(plan.replay));
  const run: TrainingRun = {
    id: runIdOf(job, plan),
    base,
    training: [...(await tools.toItems(base.model, training)), ...replay],
    validation: await tools.toItems(base.model, validation),
    hyperparameters: hyperparametersFor(trainingPayload(job).hyperparameters, { bytes }),
    limits,
  };
  const { sets, setsLeftOut } = plan;
  const data = { sets, examples: examples.length, sha256: sha256Of(examples), setsLeftOut };
  return { plan, run, replay, data };
}

async function examplesOf(store: TrainingParts['trainingSets'], sets: readonly string[]): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = [];
  for (const id of sets) examples.push(...(await store.examples(id)));
  return examples;
}

async function assertPossible({ trainer }: TrainingParts, prepared: PreparedRun): Promise<PreparedRun> {
  const { possible, reason } = await trainer.assess(prepared.run);
  if (possible) return prepared;
  throw new AppError('trainer_unavailable', reason === null ? {} : { detail: reason });
}

function sha256Of(examples: readonly TrainingExample[]): string {
  const hash = createHash('sha256');
  for (const { prompt, answer } of examples) {
    hash.update(`${JSON.stringify([prompt.map(({ role, text }) => [role, text]), answer])}\n`);
  }
  return hash.digest('hex');
}
