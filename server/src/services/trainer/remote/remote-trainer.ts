import { Agent } from 'undici';
import { AppError, isAppError } from '../../../errors/app-error.ts';
import type { Trainer, TrainingEvent, TrainingRun } from '../../../ports/trainer.ts';
import { createTurns } from '../../../process/turns.ts';
import { assessRun } from './assess-run.ts';
import { fetchAdapter } from './fetch-adapter.ts';
import { followJob } from './follow-job.ts';
import { type Patience, patiently } from './patience.ts';
import { createRemoteRuns } from './remote-runs.ts';
import { createRunRecords } from './run-records.ts';
import { trainerAddress } from './trainer-address.ts';
import { createTrainerApi } from './trainer-api.ts';
import { createTrainerHttp } from './trainer-http.ts';

export interface RemoteTrainerOptions {
  /** Of TRAINER_URL. */
  url: string;
  /** Of TRAINER_API_KEY. */
  apiKey: string | null;
  /** Where each run gets a folder. */
  folder: string;
  patience?: Patience;
}

const usualPatience: Patience = { firstDelayMs: 250, longestDelayMs: 5_000, outageMs: 600_000 };
const changeMs = 30_000;

/**
 * A trainer elsewhere, with OpenAI's routes of files and fine-tuning jobs. A run that is stopped is paused there where the
 * trainer can do that, else it goes on without us; either way it is found again by its id, from any service. Beside what
 * the port says, `train` and `assess` reject with `part_unavailable` while the trainer cannot be reached.
 */
export function createRemoteTrainer({ url, apiKey, folder, patience = usualPatience }: RemoteTrainerOptions): Trainer {
  const agent = new Agent();
  const api = createTrainerApi(createTrainerHttp(trainerAddress(url, apiKey), agent));
  const records = createRunRecords(folder);
  const runs = createRemoteRuns({ api, records });
  const turns = createTurns(1);
  const closed = new AbortController();
  let running: string | undefined;

  async function* trainInTurn(run: TrainingRun, signal: AbortSignal): AsyncGenerator<TrainingEvent> {
    const { possible, reason } = await assessRun(run);
    if (!possible) throw new AppError('trainer_unavailable', { detail: reason ?? undefined });
    const { jobId, resumed } = await patiently(() => runs.begin(run, signal), { patience, signal });
    running = jobId;
    let isWanted = true;
    try {
      const { milliseconds } = run.limits;
      const { job, ...end } = yield* followJob(jobId, { api, patience, signal, milliseconds, resumed });
      const path = records.adapterPath(run.id);
      const adapter = await patiently(() => fetchAdapter(job, { api, run, path, signal }), { patience, signal });
      isWanted = false;
      yield { type: 'finished', ...adapter, ...end };
    } catch (error) {
      isWanted = signal.aborted;
      if (!isWanted) await leave(error, { run, jobId });
      throw error;
    } finally {
      if (isWanted) await runs.pause(jobId, AbortSignal.timeout(changeMs));
      running = undefined;
    }
  }

  /** While the trainer is away its job may go on; after its time it waits. Of what failed, nothing there is of use. */
  async function leave(error: unknown, { run, jobId }: { run: TrainingRun; jobId: string }): Promise<void> {
    if (isAppError(error, 'part_unavailable')) return;
    const isPaused = isAppError(error, 'timeout') && (await runs.pause(jobId, AbortSignal.timeout(changeMs)));
    if (!isPaused) await runs.giveUp(run.id, AbortSignal.timeout(changeMs));
  }

  return {
    traits: { kind: 'remote' },
    async assess(run) {
      const assessment = await assessRun(run);
      if (!assessment.possible) return assessment;
      try {
        await api.check({ signal: AbortSignal.timeout(changeMs) });
        return assessment;
      } catch (error) {
        if (!isAppError(error, 'trainer_unavailable')) throw error;
        return { ...assessment, possible: false, reason: error.told ?? null };
      }
    },
    async *train(run, { signal }) {
      const stop = AbortSignal.any([signal, closed.signal]);
      await turns.take(stop);
      try {
        yield* trainInTurn(run, stop);
      } finally {
        turns.release();
      }
    },
    kept: () => records.kept(),
    discard: (runId) => runs.discard(runId, AbortSignal.timeout(changeMs)),
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      if (running !== undefined) await runs.pause(running, AbortSignal.timeout(changeMs));
      await agent.destroy();
    },
  };
}
