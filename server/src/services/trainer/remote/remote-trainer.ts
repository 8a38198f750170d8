import { Agent } from 'undici';
import { isAppError } from '../../../errors/app-error.ts';
import type { Trainer, TrainingEvent, TrainingRun } from '../../../ports/trainer.ts';
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

  async function* train(run: TrainingRun, { signal }: { signal: AbortSignal }): AsyncGenerator<TrainingEvent> {
    signal.throwIfAborted();
    const { jobId, resumed } = await patiently(() => runs.begin(run, signal), { patience, signal });
    let isOver = false;
    try {
      const { milliseconds } = run.limits;
      const { job, ...end } = yield* followJob(jobId, { api, patience, signal, milliseconds, resumed });
      const path = records.adapterPath(run.id);
      const adapter = await patiently(() => fetchAdapter(job, { api, run, path, signal }), { patience, signal });
      isOver = true;
      yield { type: 'finished', ...adapter, ...end };
    } catch (error) {
      isOver = !signal.aborted;
      // What the trainer has of it is of no more use: asked for again, it begins anew.
      if (isOver && !isAppError(error, 'part_unavailable')) await runs.giveUp(run.id, AbortSignal.timeout(changeMs));
      throw error;
    } finally {
      if (!isOver) await runs.pause(jobId, AbortSignal.timeout(changeMs));
    }
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
        return { ...assessment, possible: false, reason: error.detail ?? null };
      }
    },
    train,
    discard: (runId) => runs.discard(runId, AbortSignal.timeout(changeMs)),
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}
