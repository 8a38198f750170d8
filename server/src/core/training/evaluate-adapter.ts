import { isAppError } from '../../errors/app-error.ts';
import type { TrainingVersion } from '../../models/training-version.ts';
import type { HeldJob } from './held-job.ts';
import { callOf, type PreparedRun } from './prepare-run.ts';
import type { TrainedAdapter } from './train-adapter.ts';
import { versionIdOf } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';

/** Measures the base without and with the adapter, and keeps the adapter as a version with what the gate says of it. */
export async function evaluateAdapter(
  { tools, versions, now }: TrainingParts,
  held: HeldJob,
  { plan, run, measured, data, adapter }: PreparedRun & { adapter: TrainedAdapter },
): Promise<TrainingVersion> {
  await held.report({ step: 'evaluating' });
  const { base, validation } = run;
  const request = { model: base.model, heldOut: validation, replay: measured };
  const call = callOf(held.job, held.signal);
  const before = await tools.measure({ ...request, adapter: undefined }, call);
  const after = await tools.measure({ ...request, adapter: adapter.digest }, call);
  held.signal.throwIfAborted();
  const version: TrainingVersion = {
    id: versionIdOf(held.job, plan),
    base: base.model,
    baseSha256: base.sha256,
    adapter: adapter.digest,
    bytes: adapter.bytes,
    jobId: held.job.id,
    ownerId: held.job.ownerId,
    data,
    gate: tools.judge({ before, after }),
    override: null,
    createdAt: now(),
  };
  try {
    await versions.add(version);
    return version;
  } catch (error) {
    // A worker that was thought dead was faster: the same adapter was judged.
    if (!isAppError(error, 'already_exists')) throw error;
    return (await versions.find(version.id)) ?? version;
  }
}
