import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TrainingItem, TrainingRun } from '@billumy/server/ports/trainer';
import { sha256Of } from '@billumy/server/services/model-files/sha256-of';
import { createLocalTrainer } from '@billumy/server/services/trainer/local/create-local-trainer';
import { type PeftRun, runPeft } from './peers/peft.ts';
import { type BenchRow, toRow } from './row.ts';
import { benchServing } from './training-beside-serving.ts';
import { benchTrainingJob } from './training-job.ts';
import { shape135m, shape1b, writeSyntheticGguf } from './synthetic-gguf.ts';

const tokensPerStep = 128;
const answerTokens = 64;
const rank = 8;
/** More than are made while it is measured. */
const stepsBesideServing = 500;
const memoryBytes = 8 * 2 ** 30;
const milliseconds = 3_600_000;

/**
 * What a step of training costs on one thread, what serving loses meanwhile, and how long a whole job takes. `peftPython` is a Python with the packages of
 * scripts/training/requirements.txt, to stand beside.
 */
export async function benchTraining(peftPython: string | undefined): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-training-'));
  const [medium, large] = [join(folder, '135m.gguf'), join(folder, '1b.gguf')];
  try {
    await writeSyntheticGguf(medium, shape135m);
    await writeSyntheticGguf(large, { ...shape1b, kind: 'q4k' });
    const both = ['float32', 'bfloat16'] as const;
    const bases: MeasuredBase[] = [
      { label: 'nano, F16', path: resolve('models/nano/nano.gguf'), steps: 30, dtypes: both },
      { label: '135M shape, Q8_0', path: medium, steps: 8, dtypes: both },
      // As 32-bit floats it would take a quarter of an hour and 6 GB.
      { label: '1B shape, Q4_K', path: large, steps: 4, dtypes: ['bfloat16'] },
    ];
    const rows: BenchRow[] = [];
    for (const base of bases) rows.push(...(await measure(folder, base, peftPython)));
    rows.push(...(await benchServing(folder, await runOver(medium, stepsBesideServing))));
    return [...rows, ...(await benchTrainingJob())];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface MeasuredBase {
  label: string;
  path: string;
  steps: number;
  /** In which PyTorch computes it. */
  dtypes: readonly ('float32' | 'bfloat16')[];
}

async function measure(
  folder: string,
  { label, path, steps, dtypes }: MeasuredBase,
  peftPython: string | undefined,
): Promise<BenchRow[]> {
  const run = await runOver(path, steps);
  const ours = await train(folder, run);
  const rows = [
    toRow({ name: `${label}: a step of ${tokensPerStep} tokens`, unit: 'CPU s', note: 'embedded' }, ours.cpuSeconds),
    toRow({ name: `${label}: speed`, unit: 'tokens/s', note: 'embedded, one thread' }, ours.tokensPerSecond),
    toRow({ name: `${label}: start`, unit: 's', note: 'until the first step ends' }, [ours.startSeconds]),
    toRow({ name: `${label}: memory`, unit: 'MB', note: 'embedded, largest' }, [ours.peakBytes / 1e6]),
  ];
  if (peftPython === undefined) return rows;
  for (const dtype of dtypes) {
    const peft = await runPeft(peftPython, { folder, run, dtype });
    rows.push(...peftRows(`${label}: PyTorch and PEFT in ${dtype}`, peft, ours.losses));
  }
  return rows;
}

function peftRows(label: string, { cpuSeconds, peakBytes, losses }: PeftRun, ours: readonly number[]): BenchRow[] {
  const distances = losses.map((loss, index) => Math.abs(loss - (ours[index] ?? Number.NaN)));
  const stepNote = `a step of ${tokensPerStep} tokens`;
  return [
    toRow({ name: `${label}, step`, unit: 'CPU s', note: stepNote }, cpuSeconds.slice(1)),
    toRow({ name: `${label}, memory`, unit: 'MB', note: 'largest' }, [peakBytes / 1e6]),
    toRow(
      { name: `${label}, distance of losses`, unit: 'nats', note: 'from the embedded trainer, each step' },
      distances,
    ),
  ];
}

interface Measured {
  cpuSeconds: number[];
  tokensPerSecond: number[];
  losses: number[];
  startSeconds: number;
  peakBytes: number;
}

async function train(folder: string, run: TrainingRun): Promise<Measured> {
  await using trainer = createLocalTrainer({ folder });
  const measured: Measured = { cpuSeconds: [], tokensPerSecond: [], losses: [], startSeconds: 0, peakBytes: 0 };
  const startedAt = performance.now();
  let usedBefore: number | undefined;
  for await (const event of trainer.train(run, { signal: new AbortController().signal })) {
    const pid = trainer.childPid;
    if (event.type !== 'step' || pid === undefined) continue;
    const used = cpuSecondsOf(pid);
    if (usedBefore === undefined) measured.startSeconds = (performance.now() - startedAt) / 1000;
    else measured.cpuSeconds.push(used - usedBefore);
    usedBefore = used;
    measured.tokensPerSecond.push(event.tokensPerSecond);
    measured.losses.push(event.loss);
    measured.peakBytes = peakBytesOf(pid);
  }
  return measured;
}

/** Rows of random tokens, each as long as a step. */
async function runOver(path: string, steps: number): Promise<TrainingRun> {
  const training = Array.from({ length: steps }, (_, index): TrainingItem => {
    const tokens = Array.from({ length: tokensPerStep + 1 }, (__, place) => 10 + ((index * 7919 + place * 31) % 300));
    return { example: { prompt: [], answer: '' }, row: { tokens, answerStart: tokens.length - answerTokens } };
  });
  return {
    id: `bench-${steps}`,
    base: { model: path, path, sha256: await sha256Of(path) },
    training,
    validation: [],
    hyperparameters: {
      targets: 'all',
      rank,
      alpha: 2 * rank,
      learningRate: 1e-3,
      epochs: 1,
      tokensPerStep,
      clip: 1,
      weightDecay: 0.01,
      warmUp: 0.1,
      patience: 1,
      seed: 1,
    },
    limits: { threads: 1, memoryBytes, milliseconds },
  };
}

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [userField, systemField] = [11, 12];
  return (Number(fields[userField]) + Number(fields[systemField])) / ticksPerSecond;
}

function peakBytesOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
