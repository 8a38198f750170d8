import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../src/errors/app-error.ts';
import { told, verbatim } from '../../src/errors/told.ts';
import type { Assessment, Trainer, TrainingRun } from '../../src/ports/trainer.ts';

export interface TrainerScript {
  /** Why it cannot train this; null, by default, when it can. */
  assess?: (run: TrainingRun) => string | null;
  /** Of every run. */
  steps?: number;
  /** Awaited when a run was asked for, as if another service trained meanwhile. */
  untilTurn?: () => Promise<void>;
  /** Awaited before each step; an error that it throws ends the run. */
  beforeStep?: (step: number, run: TrainingRun, options: { signal: AbortSignal }) => Promise<void> | void;
}

export interface ScriptedTrainer extends Trainer {
  /** What was trained, in order, each time that it was begun or gone on with. */
  readonly runs: { run: TrainingRun; resumedAt: number }[];
  readonly discarded: string[];
}

/** What stays on the machine when a trainer dies. */
export interface TrainerDisk {
  folder: string;
  checkpoints: Map<string, number>;
}

/**
 * A trainer that keeps what the port promises, over adapters that are a hash of what they were trained with: it goes on
 * from its last step, also as another trainer on the same disk, and runs one training at a time.
 */
export function createScriptedTrainer(disk: TrainerDisk, script: TrainerScript = {}): ScriptedTrainer {
  const { steps = 3, assess = () => null, beforeStep = () => undefined } = script;
  const runs: ScriptedTrainer['runs'] = [];
  const discarded: string[] = [];
  let isBusy = false;

  return {
    traits: { kind: 'scripted' },
    runs,
    discarded,
    async assess(run): Promise<Assessment> {
      const reason = assess(run);
      return {
        possible: reason === null,
        reason: reason === null ? null : verbatim(reason),
        memoryBytes: 1,
        seconds: 1,
      };
    },
    async *train(run, { signal }) {
      signal.throwIfAborted();
      if (isBusy) throw new Error('unexpected call: train, while another run is trained');
      isBusy = true;
      try {
        if (script.untilTurn !== undefined) {
          yield { type: 'waiting' };
          await script.untilTurn();
        }
        const resumedAt = disk.checkpoints.get(run.id) ?? 0;
        runs.push({ run, resumedAt });
        yield { type: 'started', steps, resumedAt };
        for (let step = resumedAt + 1; step <= steps; step += 1) {
          await beforeStep(step, run, { signal });
          signal.throwIfAborted();
          disk.checkpoints.set(run.id, step);
          yield { type: 'step', step, loss: 1 / step, tokensPerSecond: 1000, secondsLeft: steps - step };
        }
        yield { type: 'epoch', epoch: 1, validationLoss: 0.5 };
        yield { type: 'finished', ...(await writeAdapter(disk, run)), steps, validationLoss: 0.5 };
      } finally {
        isBusy = false;
      }
    },
    kept: async () => [...disk.checkpoints.keys()],
    async discard(runId) {
      discarded.push(runId);
      disk.checkpoints.delete(runId);
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function writeAdapter(
  { folder }: TrainerDisk,
  { id, training, validation, hyperparameters }: TrainingRun,
): Promise<{ adapterPath: string; sha256: string; bytes: number }> {
  const content = Buffer.from(JSON.stringify({ training, validation, hyperparameters }));
  const adapterPath = join(folder, `${id}.gguf`);
  await writeFile(adapterPath, content);
  return { adapterPath, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

export const noNumber = new AppError('training_failed', { detail: told`The loss is no number.` });
