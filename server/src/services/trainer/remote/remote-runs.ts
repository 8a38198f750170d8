import { isAppError } from '../../../errors/app-error.ts';
import type { TrainingRun } from '../../../ports/trainer.ts';
import type { TrainerJob } from './replies.ts';
import { fingerprintOf } from './run-input.ts';
import type { RunRecord, RunRecords } from './run-records.ts';
import type { TrainerApi } from './trainer-api.ts';

/** The jobs that runs have on the trainer. */
export interface RemoteRuns {
  /** The job of a run: the one it has already, whichever service made it, or a new one. It is told to go on if it was paused. */
  begin(run: TrainingRun, signal: AbortSignal): Promise<{ jobId: string; resumed: boolean }>;
  /** Whether the trainer can do that, and did. */
  pause(jobId: string, signal: AbortSignal): Promise<boolean>;
  /** Ends the job and removes what the run has, as far as the trainer can be reached. */
  giveUp(runId: string, signal: AbortSignal): Promise<void>;
  /** The same, and nothing of the run stays here. What cannot be removed there now is removed with a later run. */
  discard(runId: string, signal: AbortSignal): Promise<void>;
}

export function createRemoteRuns({ api, records }: { api: TrainerApi; records: RunRecords }): RemoteRuns {
  async function begin(run: TrainingRun, signal: AbortSignal): ReturnType<RemoteRuns['begin']> {
    await sweep(signal);
    const fingerprint = fingerprintOf(run);
    const metadata = { run: run.id, input: fingerprint };
    const known = await records.read(run.id);
    const job = await findJob(known?.fingerprint === fingerprint ? known.job : null, { metadata, signal });
    if (job !== undefined) {
      const record = known?.fingerprint === fingerprint ? known : { ...nothing, run: run.id, fingerprint };
      await records.write(run.id, { ...record, job: job.id, discarded: false });
      if (job.status === 'paused') await api.change(job.id, 'resume', { signal });
      return { jobId: job.id, resumed: true };
    }
    if (known !== undefined) await removeThere(known, signal);
    return { jobId: await create(run, { metadata, signal }), resumed: false };
  }

  async function findJob(
    id: string | null,
    { metadata, signal }: { metadata: { run: string; input: string }; signal: AbortSignal },
  ): Promise<TrainerJob | undefined> {
    const job =
      (id === null ? undefined : await api.findJob(id, { signal })) ?? (await api.findJobOf(metadata, { signal }));
    return job !== undefined && (await isOfUse(job, signal)) ? job : undefined;
  }

  /** Not one that ended without an adapter, or whose adapter was removed. */
  async function isOfUse({ status, result_files: results }: TrainerJob, signal: AbortSignal): Promise<boolean> {
    if (status === 'failed' || status === 'cancelled') return false;
    if (status !== 'succeeded') return true;
    const [result] = results ?? [];
    return result !== undefined && (await api.findFile(result, { signal })) !== undefined;
  }

  async function create(
    run: TrainingRun,
    { metadata, signal }: { metadata: { run: string; input: string }; signal: AbortSignal },
  ): Promise<string> {
    let record: RunRecord = { ...nothing, run: run.id, fingerprint: metadata.input };
    const upload = async (items: TrainingRun['training'], name: string): Promise<string> => {
      const { id } = await api.uploadLines(items, { name, signal });
      record = { ...record, files: [...record.files, id] };
      await records.write(run.id, record);
      return id;
    };
    if (!(await api.hasModel(run.base.sha256, { signal }))) await api.uploadModel(run.base, { signal });
    const training = await upload(run.training, 'training.jsonl');
    const validation = run.validation.length === 0 ? undefined : await upload(run.validation, 'validation.jsonl');
    const job = await api.createJob(run, { training, validation, metadata, signal });
    await records.write(run.id, { ...record, job: job.id });
    return job.id;
  }

  /** Cancels first: what a running job reads stays until it has ended. Another service may have made the job. */
  async function removeThere({ run, job: known, files }: RunRecord, signal: AbortSignal): Promise<void> {
    const found = known === null ? await api.findJobOf({ run }, { signal }) : await api.findJob(known, { signal });
    if (found !== undefined) await unlessRefused(api.change(found.id, 'cancel', { signal }));
    const job = found && (await api.findJob(found.id, { signal }));
    const its = [job?.training_file, job?.validation_file, ...(job?.result_files ?? [])];
    for (const file of new Set([...files, ...its]))
      if (typeof file === 'string') await api.deleteFile(file, { signal });
    if (job !== undefined) await unlessRefused(api.deleteJob(job.id, { signal }));
  }

  /** Removes what was left when the trainer was away. */
  async function sweep(signal: AbortSignal): Promise<void> {
    for (const runId of await records.discarded()) {
      const record = await records.read(runId);
      if (record !== undefined) await removeThere(record, signal);
      await records.remove(runId);
    }
  }

  async function giveUp(runId: string, signal: AbortSignal): Promise<void> {
    const record = await records.read(runId);
    if (record !== undefined) await removeThere(record, signal).catch(() => undefined);
  }

  return {
    begin,
    giveUp,
    async pause(jobId, signal) {
      const paused = api.change(jobId, 'pause', { signal });
      return paused.then(
        () => true,
        () => false,
      );
    },
    async discard(runId, signal) {
      const record = (await records.read(runId)) ?? { ...nothing, run: runId, fingerprint: '' };
      await records.remove(runId);
      await removeThere(record, signal).catch(() => records.write(runId, { ...record, discarded: true }));
    },
  };
}

const nothing: Omit<RunRecord, 'run' | 'fingerprint'> = { job: null, files: [], discarded: false };

/** It has ended already, or the trainer cannot do that. */
async function unlessRefused(change: Promise<void>): Promise<void> {
  await change.catch((error: unknown) => {
    if (!isAppError(error) || error.code === 'part_unavailable') throw error;
  });
}
