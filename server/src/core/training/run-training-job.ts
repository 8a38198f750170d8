import { AppError, isAppError } from '../../errors/app-error.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { told } from '../../errors/told.ts';
import type { Job } from '../../models/job.ts';
import type { TrainingVersion } from '../../models/training-version.ts';
import type { JobOutcome } from '../../ports/job-queue.ts';
import { pause } from '../knowledge/ingestion/pause.ts';
import { hasEnded } from '../knowledge/ingestion/wait-for-job.ts';
import { evaluateAdapter } from './evaluate-adapter.ts';
import { holdJob, type HeldJob } from './held-job.ts';
import { prepareRun } from './prepare-run.ts';
import { discardRuns, takeBack } from './take-back.ts';
import { trainAdapter } from './train-adapter.ts';
import { checkpointOf, trainingPayload, versionIdOf, type TrainingPlan } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';
import { documentsResult } from './documents-result.ts';
import { letGo, warm } from './warm.ts';

/** When another version came into force so often while one was trained, something else must be wrong. */
const mostRounds = 5;
/** What may go by itself: the job is tried again, after a pause that grows. */
const passing: ReadonlySet<ErrorCode> = new Set(['part_unavailable', 'engine_failed', 'overloaded']);
const mostTries = 5;
const retryPauseMs = 1_000;

/**
 * Runs one claimed training job to its end. Every step bears repetition, so a job whose worker died is taken up where it
 * was. When the signal aborts, the job goes back to the queue; when it was cancelled, nothing of it stays; when it was
 * paused or taken over, the work just stops.
 */
export async function runTrainingJob(
  parts: TrainingParts,
  job: Job,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const held = holdJob(parts.jobs, job, { signal });
  try {
    const outcome = await train(parts, held).catch((error: unknown) => outcomeOf(parts, held, { error, signal }));
    if (!held.isLost) await parts.jobs.finish(job, outcome);
  } finally {
    held.release();
  }
  await clearUp(parts, job);
}

interface Made {
  version: TrainingVersion;
  plan: TrainingPlan;
}

async function train(parts: TrainingParts, held: HeldJob): Promise<JobOutcome> {
  const { plan } = checkpointOf(held.job);
  let made = (await findMade(parts, held, plan)) ?? (await make(parts, held, { plan, round: plan?.round ?? 1 }));
  for (;;) {
    const { version } = made;
    const mayAnswer = version.gate.accepted && trainingPayload(held.job).publish === 'auto';
    if (!mayAnswer || (await publish(parts, held, made)))
      return await ended(parts, held, { version, published: mayAnswer });
    // What came into force meanwhile was not among what it was trained on.
    const round = made.plan.round + 1;
    if (round > mostRounds) break;
    made = await make(parts, held, { plan: undefined, round });
  }
  throw new AppError('training_failed', {
    detail: told`Other versions came into force again and again while this one was trained: try again.`,
  });
}

async function findMade(
  { versions }: TrainingParts,
  { job }: HeldJob,
  plan: TrainingPlan | undefined,
): Promise<Made | undefined> {
  const version = plan && (await versions.find(versionIdOf(job, plan)));
  return version && plan && { version, plan };
}

async function make(
  parts: TrainingParts,
  held: HeldJob,
  planned: { plan: TrainingPlan | undefined; round: number },
): Promise<Made> {
  await held.report({ step: 'validating' });
  const prepared = await prepareRun(parts, held, planned);
  const { plan, run } = prepared;
  await held.report({ checkpoint: { ...checkpointOf(held), plan } });
  const adapter = await trainAdapter(parts, held, run);
  return { version: await evaluateAdapter(parts, held, { ...prepared, adapter }), plan };
}

/** False when another version came into force since the plan was made; then this one is of no use. */
async function publish(parts: TrainingParts, held: HeldJob, { version, plan }: Made): Promise<boolean> {
  const { publications, versions, engine } = parts;
  await held.report({ step: 'publishing' });
  await warm(engine, version, held.signal);
  held.signal.throwIfAborted();
  if (await publications.publish(version, { userId: held.job.ownerId, over: plan.parent })) return true;
  await versions.delete(version.id);
  return false;
}

async function ended(
  { jobs, engine }: TrainingParts,
  { job, signal }: HeldJob,
  { version, published }: { version: TrainingVersion; published: boolean },
): Promise<JobOutcome> {
  if (!published) await letGo(engine, version);
  const documents = await documentsResult(jobs, trainingPayload(job).ingestion, { signal });
  const { id, base, gate, data } = version;
  const { accepted, checks } = gate;
  const { examples, sha256, setsLeftOut } = data;
  const result = {
    version: id,
    base_model: base,
    accepted,
    published,
    gate: checks,
    examples,
    examples_sha256: sha256,
    sets_left_out: setsLeftOut,
    warnings: trainingPayload(job).warnings,
    documents,
  };
  return { status: accepted ? 'succeeded' : 'rejected', result };
}

/** What becomes of a job that could not be run to its end. */
async function outcomeOf(
  { onError }: TrainingParts,
  held: HeldJob,
  { error, signal }: { error: unknown; signal: AbortSignal },
): Promise<JobOutcome> {
  if (signal.aborted || held.isLost) return { status: 'queued' };
  if (!isAppError(error)) {
    onError(error);
    return { status: 'failed', error: { code: 'internal', detail: null } };
  }
  const checkpoint = checkpointOf(held);
  const tries = (checkpoint.tries ?? 0) + 1;
  if (passing.has(error.code) && tries < mostTries) {
    await held.report({ checkpoint: { ...checkpoint, tries } });
    await pause(retryPauseMs * tries, held.signal);
    return { status: 'queued' };
  }
  return { status: 'failed', error: { code: error.code, detail: error.told ?? null } };
}

/** Nothing is kept of a job that was cancelled, and of one that ended nothing but its result. */
async function clearUp(parts: TrainingParts, { id }: Job): Promise<void> {
  const job = await parts.jobs.find(id);
  if (job?.status === 'cancelled') await takeBack(parts, job);
  else if (job !== undefined && hasEnded(job)) await discardRuns(parts, job);
}
