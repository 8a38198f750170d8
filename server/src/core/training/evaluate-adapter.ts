import { isAppError } from '../../errors/app-error.ts';
import type { GateResult, TrainingVersion } from '../../models/training-version.ts';
import type { HeldJob } from './held-job.ts';
import { callOf, type PreparedRun } from './prepare-run.ts';
import type { TrainedAdapter } from './trained-adapter.ts';
import { versionIdOf } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';
import { letGo } from './warm.ts';

type TrainedRun = PreparedRun & { adapter: TrainedAdapter };

interface Judged {
  adapter: TrainedAdapter;
  gate: GateResult;
}

/**
 * How much of what was learned is tried, until the gate accepts it: an adapter that changes less forgets less, and what
 * it was taught often enough it still knows.
 */
const shares = [1, 0.9, 0.8] as const;

/** Measures the base without and with the adapter, and keeps the adapter as a version with what the gate says of it. */
export async function evaluateAdapter(
  parts: TrainingParts,
  held: HeldJob,
  trained: TrainedRun,
): Promise<TrainingVersion> {
  await held.report({ step: 'evaluating' });
  const { plan, run, data } = trained;
  const { adapter, gate } = await chooseStrength(parts, held, trained);
  held.signal.throwIfAborted();
  return keep(parts, {
    id: versionIdOf(held.job, plan),
    base: run.base.model,
    baseSha256: run.base.sha256,
    adapter: adapter.digest,
    bytes: adapter.bytes,
    jobId: held.job.id,
    ownerId: held.job.ownerId,
    data,
    gate,
    override: null,
    createdAt: parts.now(),
  });
}

/** The strongest that the gate accepts, else the adapter as it was trained. */
async function chooseStrength(parts: TrainingParts, held: HeldJob, trained: TrainedRun): Promise<Judged> {
  const { tools, engine, weaken } = parts;
  const { run, taught, heldOut, measured, adapter: whole } = trained;
  const { base } = run;
  const request = { base, taught, heldOut, replay: measured };
  const call = callOf(held.job, held.signal);
  const before = await tools.measure({ ...request, adapter: undefined }, call);
  let first: Judged | undefined;
  for (const share of shares) {
    const adapter = share === 1 ? whole : await weaken({ digest: whole.digest, share });
    const after = await tools.measure({ ...request, adapter: adapter.digest }, call);
    const judged = { adapter, gate: tools.judge({ before, after }) };
    if (judged.gate.accepted) return judged;
    first ??= judged;
    await letGo(engine, { base: base.model, adapter: adapter.digest });
    held.signal.throwIfAborted();
  }
  if (first === undefined) throw new Error('no strength was tried');
  return first;
}

async function keep({ versions }: TrainingParts, version: TrainingVersion): Promise<TrainingVersion> {
  try {
    await versions.add(version);
    return version;
  } catch (error) {
    // A worker that was thought dead was faster: the same adapter was judged.
    if (!isAppError(error, 'already_exists')) throw error;
    return (await versions.find(version.id)) ?? version;
  }
}
