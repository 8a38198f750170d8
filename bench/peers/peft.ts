import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TrainingRun } from '@billumy/server/ports/trainer';
import { learningRate } from '@billumy/server/services/trainer/local/run/learning-rate';
import { planTraining } from '@billumy/server/services/trainer/local/run/training-plan';

/** What the same run costs and loses with PyTorch and PEFT, for each step. */
export interface PeftRun {
  losses: number[];
  cpuSeconds: number[];
  peakBytes: number;
}

/** Trains with the same rows, in the same order, from the same adapter. */
export async function runPeft(
  python: string,
  { folder, run, dtype }: { folder: string; run: TrainingRun; dtype: 'float32' | 'bfloat16' },
): Promise<PeftRun> {
  const { hyperparameters } = run;
  const training = run.training.map(({ row }) => row);
  const plan = planTraining({ training, validation: [], hyperparameters });
  const packs = Array.from({ length: hyperparameters.epochs }, (_, epoch) => plan.packs(epoch)).flat();
  const rates = packs.map((_, index) => learningRate(index + 1, { ...hyperparameters, steps: plan.steps }));
  const job = join(folder, `${run.id}-peft.json`);
  await writeFile(job, JSON.stringify({ ...hyperparameters, base: run.base.path, dtype, packs, rates }));
  const { stdout } = await promisify(execFile)(python, [resolve('scripts/training/peft-parity.py'), job], {
    env: { OMP_NUM_THREADS: '1', HF_HUB_OFFLINE: '1' },
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PeftRun;
}
