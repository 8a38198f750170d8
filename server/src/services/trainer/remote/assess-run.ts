import type { Assessment, TrainingRun } from '../../../ports/trainer.ts';
import { MalformedGguf } from '../../model-files/gguf-cursor.ts';
import { type GgufMetadata, readGgufMetadata } from '../../model-files/gguf-metadata.ts';
import { matricesOf } from './check-adapter.ts';
import { told, type Told } from '../../../errors/told.ts';

/** Of a trainer of which nothing is known: a core of a CPU. One with a GPU is done long before. */
const assumedOperationsPerSecond = 2e11;
/** Forward, and backward through the weights to what comes before them. */
const operationsPerWeight = 4;
const startSeconds = 30;
/** It holds the weights without their quantization. */
const weightBytes = 4;
const programBytes = 1024 ** 3;

/** What can be said here of a run that is done elsewhere: the memory is that of the machine there, and no limit here. */
export async function assessRun(run: TrainingRun): Promise<Assessment> {
  try {
    const base = await readGgufMetadata(run.base.path);
    const reason = whyNot(run, base);
    const memoryBytes = programBytes + base.parameters * weightBytes;
    return { possible: reason === null, reason, memoryBytes, seconds: secondsOf(run, base) };
  } catch (error) {
    const reason = error instanceof MalformedGguf ? told`The model cannot be trained: ${error.reason}.` : unreadable;
    return { possible: false, reason, memoryBytes: 0, seconds: 0 };
  }
}

const unreadable = told`The file of the model cannot be read.`;

function whyNot({ training, validation }: TrainingRun, base: GgufMetadata): Told | null {
  const architecture = base.metadata.get('general.architecture');
  if (architecture !== 'llama') return told`Only models of the architecture llama are trained.`;
  if (matricesOf(base).size === 0) return told`The file has no weights that could be trained.`;
  const context = base.metadata.get('llama.context_length');
  const longest = [...training, ...validation].reduce((most, { row }) => Math.max(most, row.tokens.length), 0);
  if (training.length === 0) return told`There is nothing to train on.`;
  return typeof context === 'number' && longest > context
    ? told`An example is longer than the context of the model.`
    : null;
}

function secondsOf({ training, hyperparameters }: TrainingRun, { parameters }: GgufMetadata): number {
  const tokens = training.reduce((sum, { row }) => sum + row.tokens.length, 0) * hyperparameters.epochs;
  return startSeconds + Math.ceil((tokens * parameters * operationsPerWeight) / assumedOperationsPerSecond);
}
