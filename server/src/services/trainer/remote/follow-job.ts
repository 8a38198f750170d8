import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { TrainingEvent } from '../../../ports/trainer.ts';
import { Pause, type Patience, patiently } from './patience.ts';
import type { TrainerEvent, TrainerJob } from './replies.ts';
import type { TrainerApi } from './trainer-api.ts';
import { toldFailure } from './trainer-failure.ts';

export interface FollowOptions {
  api: TrainerApi;
  patience: Patience;
  signal: AbortSignal;
  /** How long it may run; waiting there for other jobs does not count. */
  milliseconds: number;
  /** Whether it went on before: what happened until now is not told again. */
  resumed: boolean;
}

export interface FollowedJob {
  job: TrainerJob;
  steps: number;
  validationLoss: number;
}

/** Tells what happens to a job until it has succeeded. Rejects with why it did not, or with `timeout`. */
export async function* followJob(jobId: string, options: FollowOptions): AsyncGenerator<TrainingEvent, FollowedJob> {
  const { api, patience, signal, milliseconds } = options;
  const history = new History(options.resumed);
  const pause = new Pause(patience);
  let runningSince: number | undefined;
  for (;;) {
    const job = await patiently(() => api.findJob(jobId, { signal }), { patience, signal });
    if (job === undefined) throw failed(told`The trainer does not know the job any more.`);
    const news = history.add(await patiently(() => newEvents(jobId, history.step, options), { patience, signal }));
    yield* news;
    if (job.status === 'succeeded') return { job, steps: history.step, validationLoss: history.lossAtEnd() };
    if (job.status === 'cancelled') throw failed(told`Somebody cancelled the job on the trainer.`);
    if (job.status === 'failed') throw toldFailure(job.error?.code, job.error) ?? failed(told`The trainer failed.`);
    if (job.status === 'running') runningSince ??= performance.now();
    if (runningSince !== undefined && performance.now() - runningSince > milliseconds) {
      throw new AppError('timeout', { detail: told`The training took longer than allowed.` });
    }
    if (news.length > 0) pause.reset();
    await pause.wait(signal);
  }
}

const mostPages = 500;

/** Those beyond a step, oldest first. */
async function newEvents(
  jobId: string,
  step: number,
  { api, signal }: Pick<FollowOptions, 'api' | 'signal'>,
): Promise<TrainerEvent[]> {
  const found: TrainerEvent[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const { events, hasMore } = await api.events(jobId, { after, signal });
    found.push(...events);
    after = events.at(-1)?.id;
    const isOld = events.some(({ data }) => data?.step !== undefined && data.step < step);
    if (!hasMore || after === undefined || isOld) break;
  }
  return found.toReversed();
}

/** What is known of the steps so far; each is told once. */
class History {
  step = 0;
  #resumed: boolean;
  #isStarted = false;
  #epoch = 0;
  #lastLoss: number | undefined;
  #bestLoss: number | undefined;

  constructor(resumed: boolean) {
    this.#resumed = resumed;
  }

  add(events: readonly TrainerEvent[]): TrainingEvent[] {
    const steps = events.find(({ data }) => data?.total_steps !== undefined)?.data?.total_steps;
    if (steps === undefined) return [];
    const tidings = events.flatMap(({ data }) => (data ? this.#told(data) : []));
    if (this.#isStarted) return tidings;
    this.#isStarted = true;
    const started: TrainingEvent = { type: 'started', steps, resumedAt: this.#resumed ? this.step : 0 };
    return this.#resumed ? [started] : [started, ...tidings];
  }

  /** Smallest over the epochs, whose adapter is kept; a server that validates nothing tells the loss of training. */
  lossAtEnd(): number {
    const loss = this.#bestLoss ?? this.#lastLoss;
    if (loss === undefined) throw failed(told`The trainer does not tell the loss.`);
    return loss;
  }

  #told(data: NonNullable<TrainerEvent['data']>): TrainingEvent[] {
    const { step = 0, epoch = 0, train_loss: loss, full_valid_loss: validationLoss } = data;
    const tidings: TrainingEvent[] = [];
    if (loss !== undefined && step > this.step) {
      this.step = step;
      this.#lastLoss = loss;
      const { tokens_per_second: tokensPerSecond = 0, seconds_left: secondsLeft = 0 } = data;
      tidings.push({ type: 'step', step, loss, tokensPerSecond, secondsLeft });
    }
    if (validationLoss !== undefined && epoch > this.#epoch) {
      this.#epoch = epoch;
      this.#bestLoss = Math.min(validationLoss, this.#bestLoss ?? validationLoss);
      tidings.push({ type: 'epoch', epoch, validationLoss });
    }
    return tidings;
  }
}

function failed(detail: Told): AppError {
  return new AppError('training_failed', { detail });
}
