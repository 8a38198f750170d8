import { createHash } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../models/new-id.ts';
import type { TrainingExample } from '../../models/training-example.ts';
import type { TrainedData } from '../../models/training-version.ts';
import type { CallOptions } from '../../ports/engine.ts';
import type { Job } from '../../models/job.ts';
import type { Hyperparameters, TrainingBase, TrainingItem, TrainingRun } from '../../ports/trainer.ts';
import { assertNothingRefused } from './examples/finding.ts';
import { findTooLong } from './examples/find-too-long.ts';
import { promptKey } from './examples/keys.ts';
import { splitExamples } from './examples/split.ts';
import type { HeldJob } from './held-job.ts';
import { hyperparametersFor, mixtureFor, mostTokensOfExample, type Mixture } from './hyperparameters.ts';
import { runIdOf, trainingPayload, type TrainingPlan } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';

export interface PreparedRun {
  plan: TrainingPlan;
  run: TrainingRun;
  /** What is new, trained on and not. */
  taught: readonly TrainingItem[];
  heldOut: readonly TrainingItem[];
  /** Of what the base can do, and not trained on. */
  measured: readonly TrainingItem[];
  data: TrainedData;
}

type Base = TrainingBase & { bytes: number };

/**
 * A handful of facts that were held out says nothing of the others: the epoch that guesses them least badly has hardly
 * begun to learn what was taught. With fewer the last epoch is kept, and the gate asks what it has forgotten.
 */
const fewestToChooseBy = 16;

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
    const next: TrainingPlan = { round, parent, sets, setsLeftOut: chosen - sets.length, ...replay };
    const prepared = await prepare(parts, held, { plan: next, base });
    const { possible } = await parts.trainer.assess(prepared.run);
    if (possible) return prepared;
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

/** Documents change: what is replayed is kept, so that every attempt trains with the same. */
async function keepReplay(
  { tools, trainingSets, now }: TrainingParts,
  { job, signal }: HeldJob,
  { base, sets }: { base: Base; sets: readonly string[] },
): Promise<Pick<TrainingPlan, 'replay' | 'measured'>> {
  const { training: fresh, heldOut } = splitExamples(await examplesOf(trainingSets, sets));
  const request = { model: base.model, least: mixtureFor(base).leastReplayed, fresh, heldOut };
  const { training, measured } = await tools.replay(request, callOf(job, signal));
  const keep = async (examples: readonly TrainingExample[]): Promise<string> =>
    (await trainingSets.add({ id: newId('set'), ownerId: job.ownerId, examples, createdAt: now() })).id;
  return { replay: await keep(training), measured: await keep(measured) };
}

async function prepare(
  { tools, trainingSets, limits }: TrainingParts,
  { job, signal }: HeldJob,
  { plan, base: { bytes, ...base } }: { plan: TrainingPlan; base: Base },
): Promise<PreparedRun> {
  const toItems = (some: readonly TrainingExample[]): Promise<TrainingItem[]> =>
    tools.toItems({ model: base.model, examples: some }, callOf(job, signal));
  const examples = await examplesOf(trainingSets, plan.sets);
  const split = splitExamples(examples);
  const replay = await toItems(await trainingSets.examples(plan.replay));
  const measured = await toItems(await trainingSets.examples(plan.measured));
  const hyperparameters = hyperparametersFor(trainingPayload(job).hyperparameters, { bytes });
  const taught = await toItems(split.training);
  const heldOut = await toItems(split.heldOut);
  assertShortEnough([...taught, ...heldOut], hyperparameters);
  const run: TrainingRun = {
    id: runIdOf(job, plan),
    base,
    training: [...repeated(taught, mixtureFor({ bytes })), ...replay],
    validation: heldOut.length < fewestToChooseBy ? [] : heldOut,
    hyperparameters,
    limits,
  };
  const { sets, setsLeftOut } = plan;
  const data = { sets, examples: examples.length, sha256: sha256Of(examples), setsLeftOut };
  return { plan, run, taught, heldOut, measured, data };
}

function repeated(taught: readonly TrainingItem[], { times, leastTaught, mostTimes }: Mixture): TrainingItem[] {
  const needed = Math.min(mostTimes, Math.ceil(leastTaught / taught.length));
  return Array.from({ length: Math.max(times, needed) }, () => taught).flat();
}

/** The engine serves those who ask before it serves training. */
export function callOf({ ownerId }: Job, signal: AbortSignal): CallOptions {
  return { signal, caller: { id: ownerId, priority: 'batch' } };
}

function assertShortEnough(items: readonly TrainingItem[], hyperparameters: Hyperparameters): void {
  const rows = items.map(({ row }, index) => ({ index, example: row }));
  assertNothingRefused(findTooLong(rows, mostTokensOfExample(hyperparameters)));
}

/** Of all sets; of examples that ask the same, the one that came last counts. */
async function examplesOf(store: TrainingParts['trainingSets'], sets: readonly string[]): Promise<TrainingExample[]> {
  const examples = new Map<string, TrainingExample>();
  for (const id of sets) for (const example of await store.examples(id)) examples.set(promptKey(example), example);
  return [...examples.values()];
}

async function assertPossible({ trainer }: TrainingParts, prepared: PreparedRun): Promise<PreparedRun> {
  const { possible, reason } = await trainer.assess(prepared.run);
  if (possible) return prepared;
  throw new AppError('trainer_unavailable', { detail: reason ?? undefined });
}

function sha256Of(examples: readonly TrainingExample[]): string {
  const hash = createHash('sha256');
  for (const { prompt, answer } of examples) {
    hash.update(`${JSON.stringify([prompt.map(({ role, text }) => [role, text]), answer])}\n`);
  }
  return hash.digest('hex');
}
