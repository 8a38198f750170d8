import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { TrainingEvent } from '../../../../ports/trainer.ts';
import type { Ggml } from '../ggml/open-ggml.ts';
import { createTrainingGraph, type Loss, type TrainingGraph } from '../graph/training-graph.ts';
import type { TrainerJob } from '../messages.ts';
import { loadModel } from '../model/load-model.ts';
import type { LoraAdapter } from '../model/lora-adapter.ts';
import { readLlama } from '../model/read-llama.ts';
import { type AdamW, createAdamW } from './adam-w.ts';
import type { RunProgress } from './checkpoint-file.ts';
import { type Checkpoints, openCheckpoints } from './checkpoints.ts';
import { learningRate } from './learning-rate.ts';
import type { Pack } from './pack-rows.ts';
import { planTraining, type TrainingPlan } from './training-plan.ts';
import { writeAdapter } from './write-adapter.ts';

export interface TrainingControl {
  tell(event: TrainingEvent): void;
  /** Looked at between steps. */
  isStopped(): boolean;
}

const stepsPerCheckpoint = 50;
const millisecondsPerCheckpoint = 60_000;

/** Makes the adapter of a job, from its last checkpoint on; resolves to false when it was stopped, after a checkpoint. */
export async function train(ggml: Ggml, job: TrainerJob, control: TrainingControl): Promise<boolean> {
  const { hyperparameters, usesFastCopies } = job;
  const shape = await readLlama(job.basePath);
  const model = await loadModel(ggml, { path: job.basePath, shape, usesFastCopies }, hyperparameters);
  const plan = planTraining(job);
  const { parameters } = model.adapter;
  const optimiser = createAdamW(parameters, hyperparameters);
  const best = parameters.map(({ values }) => new Float32Array(values.length));
  const checkpoints = await openCheckpoints(job.folder, job.digest, [
    ...parameters.map(({ values }) => values),
    ...optimiser.moments,
    ...best,
  ]);
  const progress = (await checkpoints.restore()) ?? beginning;
  model.adapter.upload();
  const graph = createTrainingGraph(ggml, model);
  const run = new Run({ job, plan, graph, adapter: model.adapter, optimiser, best, checkpoints, control }, progress);
  return run.finish();
}

const beginning: RunProgress = {
  step: 0,
  epoch: 0,
  pack: 0,
  epochLoss: { sum: 0, tokens: 0 },
  best: null,
  worseEpochs: 0,
};

interface RunParts {
  job: TrainerJob;
  plan: TrainingPlan;
  graph: TrainingGraph;
  adapter: LoraAdapter;
  optimiser: AdamW;
  /** The values of the best epoch. */
  best: readonly Float32Array[];
  checkpoints: Checkpoints;
  control: TrainingControl;
}

class Run {
  readonly #parts: RunParts;
  readonly #startedAt = performance.now();
  readonly #resumedAt: number;
  #progress: RunProgress;
  #savedStep: number;
  #savedAt = performance.now();

  constructor(parts: RunParts, progress: RunProgress) {
    this.#parts = parts;
    this.#progress = progress;
    this.#resumedAt = progress.step;
    this.#savedStep = progress.step;
  }

  async finish(): Promise<boolean> {
    const { plan, control } = this.#parts;
    control.tell({ type: 'started', steps: plan.steps, resumedAt: this.#resumedAt });
    while (!this.#hasEnded() && !control.isStopped()) {
      const pack = plan.packs(this.#progress.epoch)[this.#progress.pack];
      if (pack === undefined) await this.#endEpoch();
      else this.#step(pack);
      // Who asks the process to stop is heard in between.
      await setImmediate();
      if (this.#isCheckpointDue()) await this.#save();
    }
    await this.#save();
    if (this.#hasEnded()) await this.#writeAdapter();
    return this.#hasEnded();
  }

  #hasEnded(): boolean {
    const { epochs, patience } = this.#parts.job.hyperparameters;
    return this.#progress.epoch >= epochs || this.#progress.worseEpochs >= patience;
  }

  #step(pack: Pack): void {
    const { plan, graph, adapter, optimiser, control, job } = this.#parts;
    const { step, epochLoss } = this.#progress;
    const startedAt = performance.now();
    const number = step + 1;
    const loss = graph.differentiate(pack);
    const rate = learningRate(number, { ...job.hyperparameters, steps: plan.steps });
    const norm = optimiser.step({ number, rate });
    if (!Number.isFinite(loss.sum) || !Number.isFinite(norm)) throw notANumber();
    adapter.upload();
    this.#progress = {
      ...this.#progress,
      step: number,
      pack: this.#progress.pack + 1,
      epochLoss: { sum: epochLoss.sum + loss.sum, tokens: epochLoss.tokens + loss.tokens },
    };
    const now = performance.now();
    const tokens = pack.reduce((sum, row) => sum + row.tokens.length, 0);
    control.tell({
      type: 'step',
      step: number,
      loss: loss.sum / loss.tokens,
      tokensPerSecond: (tokens * 1000) / (now - startedAt),
      secondsLeft: ((now - this.#startedAt) / 1000 / (number - this.#resumedAt)) * (plan.steps - number),
    });
  }

  /** Keeps the adapter when no epoch was better. Changes nothing when it is stopped before it knows. */
  async #endEpoch(): Promise<void> {
    const { best, adapter, control } = this.#parts;
    const measured = await this.#validate();
    if (measured === undefined) return;
    const loss = measured.sum / measured.tokens;
    if (!Number.isFinite(loss)) throw notANumber();
    const { epoch, best: bestSoFar } = this.#progress;
    const isBest = bestSoFar === null || loss < bestSoFar.loss;
    if (isBest) adapter.parameters.forEach(({ values }, index) => best[index]!.set(values));
    this.#progress = {
      ...this.#progress,
      epoch: epoch + 1,
      pack: 0,
      epochLoss: { sum: 0, tokens: 0 },
      best: isBest ? { epoch, loss } : bestSoFar,
      worseEpochs: isBest ? 0 : this.#progress.worseEpochs + 1,
    };
    control.tell({ type: 'epoch', epoch: epoch + 1, validationLoss: loss });
  }

  /** Without rows to validate with, the loss of training has to do. */
  async #validate(): Promise<Loss | undefined> {
    const { plan, graph, control } = this.#parts;
    if (plan.validation.length === 0) return this.#progress.epochLoss;
    let sum = 0;
    let tokens = 0;
    for (const pack of plan.validation) {
      const loss = graph.evaluate(pack);
      sum += loss.sum;
      tokens += loss.tokens;
      await setImmediate();
      if (control.isStopped()) return undefined;
    }
    return { sum, tokens };
  }

  #isCheckpointDue(): boolean {
    return (
      this.#progress.step - this.#savedStep >= stepsPerCheckpoint ||
      performance.now() - this.#savedAt >= millisecondsPerCheckpoint
    );
  }

  async #save(): Promise<void> {
    await this.#parts.checkpoints.save(this.#progress);
    this.#savedStep = this.#progress.step;
    this.#savedAt = performance.now();
  }

  async #writeAdapter(): Promise<void> {
    const { job, adapter, best, control } = this.#parts;
    const adapterPath = join(job.folder, 'adapter.gguf');
    const { sha256, bytes } = await writeAdapter(adapterPath, { adapter, values: best });
    const { step, best: bestEpoch } = this.#progress;
    const validationLoss = bestEpoch?.loss ?? Number.NaN;
    control.tell({ type: 'finished', adapterPath, sha256, bytes, steps: step, validationLoss });
  }
}

function notANumber(): AppError {
  return new AppError('training_failed', {
    detail: told`The loss is no number any more; try a smaller learning rate.`,
  });
}
