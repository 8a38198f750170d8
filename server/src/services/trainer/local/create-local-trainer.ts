import { rm } from 'node:fs/promises';
import { AppError } from '../../../errors/app-error.ts';
import type { Trainer, TrainingEvent, TrainingRun } from '../../../ports/trainer.ts';
import { createTurns } from '../../../process/turns.ts';
import { assessRun, type MachineCheck } from './assess.ts';
import { checkMachine } from './check-machine.ts';
import type { TrainerJob } from './messages.ts';
import { runDigest } from './run/run-digest.ts';
import { runFolder } from './run/run-folder.ts';
import { type RunningTrainer, runTrainer } from './run-trainer.ts';
import { ProcessDeath } from './trainer-process.ts';

export interface LocalTrainerOptions {
  /** Where each run has a folder for its checkpoints and its adapter. */
  folder: string;
}

export interface LocalTrainer extends Trainer {
  /** Of the process that trains, while there is one. */
  readonly childPid: number | undefined;
}

/** Deaths in a row without a step further. */
const mostDeaths = 3;
const longestTimer = 2 ** 31 - 1;

/** Trains LLaMAs on this machine, in a process that may die of it, with the libraries of the engine. */
export function createLocalTrainer({ folder }: LocalTrainerOptions): LocalTrainer {
  const turns = createTurns(1);
  const closed = new AbortController();
  let checked: Promise<MachineCheck> | undefined;
  let running: RunningTrainer | undefined;

  /** Once it is known to be able it stays so; a machine that is not is asked again. */
  async function machine(): Promise<MachineCheck> {
    const asked = (checked ??= checkMachine(folder));
    const found = await asked;
    if ('trouble' in found && checked === asked) checked = undefined;
    return found;
  }

  async function* trainInTurn(run: TrainingRun, stop: AbortSignal): AsyncGenerator<TrainingEvent> {
    const found = await machine();
    if ('trouble' in found) {
      throw new AppError('trainer_unavailable', { detail: found.trouble, cause: found.cause });
    }
    const { reason } = await assessRun(run, found);
    if (reason !== null) throw new AppError('trainer_unavailable', { detail: reason });
    const deadline = AbortSignal.timeout(Math.min(run.limits.milliseconds, longestTimer));
    const job = jobOf(run, { folder: runFolder(folder, run.id), usesFastCopies: found.usesFastCopies });
    let farthest = -1;
    let deaths = 0;
    for (;;) {
      stop.throwIfAborted();
      running = runTrainer(job, { stop, deadline, memoryBytes: run.limits.memoryBytes });
      try {
        for await (const event of running.events) {
          if (event.type === 'step' && event.step > farthest) [farthest, deaths] = [event.step, 0];
          yield event;
        }
        return;
      } catch (error) {
        if (!(error instanceof ProcessDeath)) throw error;
        deaths += 1;
        if (deaths >= mostDeaths) throw diedTooOften(error);
      } finally {
        await running.end();
        running = undefined;
      }
    }
  }

  return {
    traits: { kind: 'local' },
    get childPid() {
      return running?.pid;
    },
    assess: async (run) => assessRun(run, await machine()),
    async *train(run, { signal }) {
      const stop = AbortSignal.any([signal, closed.signal]);
      await turns.take(stop);
      try {
        yield* trainInTurn(run, stop);
      } finally {
        turns.release();
      }
    },
    discard: (runId) => rm(runFolder(folder, runId), { recursive: true, force: true }),
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      await Promise.all([running?.ended, checked]);
    },
  };
}

function jobOf(run: TrainingRun, place: Pick<TrainerJob, 'folder' | 'usesFastCopies'>): TrainerJob {
  return {
    ...place,
    basePath: run.base.path,
    digest: runDigest(run),
    training: run.training.map(({ row }) => row),
    validation: run.validation.map(({ row }) => row),
    hyperparameters: run.hyperparameters,
    threads: run.limits.threads,
  };
}

function diedTooOften(cause: ProcessDeath): AppError {
  return new AppError('training_failed', { detail: 'The trainer dies again and again; see the log.', cause });
}
