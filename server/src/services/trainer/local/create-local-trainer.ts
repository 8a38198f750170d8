import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Trainer, TrainingEvent, TrainingRun } from '../../../ports/trainer.ts';
import { createTurns } from '../../../process/turns.ts';
import { assessRun, type MachineCheck } from './assess.ts';
import { checkMachine } from './check-machine.ts';
import { createDeadline } from './deadline.ts';
import type { TrainerJob } from './messages.ts';
import { runDigest } from './run/run-digest.ts';
import { keptRuns, runFolder } from './run/run-folder.ts';
import { type RunningTrainer, runTrainer } from './run-trainer.ts';
import { ProcessDeath } from './trainer-process.ts';

export interface LocalTrainerOptions {
  /** Where each run has a folder for its checkpoints and its adapter. */
  folder: string;
  /** A folder that all services of the machine have, so that only one of them trains; by default, that of the runs. */
  machineFolder?: string;
}

export interface LocalTrainer extends Trainer {
  /** Of the process that trains, while there is one. */
  readonly childPid: number | undefined;
}

/** Deaths in a row without a step further. */
const mostDeaths = 3;

/** Trains LLaMAs on this machine, in a process that may die of it, with the libraries of the engine. */
export function createLocalTrainer({ folder, machineFolder = folder }: LocalTrainerOptions): LocalTrainer {
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
    using deadline = createDeadline(run.limits.milliseconds);
    const { usesFastCopies } = found;
    const turnPath = turnFile(machineFolder);
    const job = jobOf(run, { folder: runFolder(folder, run.id), usesFastCopies, turnPath });
    let farthest = -1;
    let deaths = 0;
    for (;;) {
      stop.throwIfAborted();
      deadline.run();
      running = runTrainer(job, { stop, deadline: deadline.signal, memoryBytes: run.limits.memoryBytes });
      try {
        for await (const event of running.events) {
          if (event.type === 'waiting') deadline.reset();
          else deadline.run();
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
    kept: () => keptRuns(folder),
    discard: (runId) => rm(runFolder(folder, runId), { recursive: true, force: true }),
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      await Promise.all([running?.ended, checked]);
    },
  };
}

/** Users of a machine who do not share files do not share turns either. */
function turnFile(folder: string): string {
  return join(folder, `billumy-training-${process.getuid?.() ?? 0}.lock`);
}

function jobOf(run: TrainingRun, place: Pick<TrainerJob, 'folder' | 'usesFastCopies' | 'turnPath'>): TrainerJob {
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
  return new AppError('training_failed', { detail: told`The trainer dies again and again; see the log.`, cause });
}
