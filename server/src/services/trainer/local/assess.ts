import type { Assessment, TrainingRun } from '../../../ports/trainer.ts';
import { estimate } from './estimate.ts';
import type { ProductSpeeds } from './messages.ts';
import type { LlamaShape } from './model/llama-shape.ts';
import { readLlama, UntrainableBase } from './model/read-llama.ts';
import { answersOf, tokensOf } from './run/pack-rows.ts';
import { told, type Told } from '../../../errors/told.ts';

/** Whether the libraries of this machine work, and how fast. */
export type MachineCheck = ProductSpeeds | { trouble: Told; cause: unknown };

/** Judges a run on a machine that was checked. */
export async function assessRun(run: TrainingRun, machine: MachineCheck): Promise<Assessment> {
  if ('trouble' in machine) return impossible(machine.trouble);
  try {
    const shape = await readLlama(run.base.path);
    const reason = reasonAgainst(run, shape);
    if (reason !== null) return impossible(reason);
    const cost = estimate(shape, run, machine);
    const isTooLarge = cost.memoryBytes > run.limits.memoryBytes;
    return {
      possible: !isTooLarge,
      reason: isTooLarge
        ? told`Training takes about ${inGigabytes(cost.memoryBytes)} of memory, and ${inGigabytes(run.limits.memoryBytes)} are allowed.`
        : null,
      ...cost,
    };
  } catch (error) {
    if (error instanceof UntrainableBase) return impossible(error.told);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return impossible(told`The file of the base is not there.`);
    throw error;
  }
}

function reasonAgainst({ training, validation }: TrainingRun, { contextTokens, vocabulary }: LlamaShape): Told | null {
  if (training.length === 0) return told`There are no examples to train with.`;
  const rows = [...training, ...validation].map(({ row }) => row);
  if (rows.some((row) => answersOf(row) < 1)) return told`An example has no answer.`;
  if (rows.some((row) => tokensOf(row) > contextTokens)) {
    return told`An example is longer than the ${contextTokens} tokens of the context of the base.`;
  }
  const isKnown = (token: number): boolean => Number.isInteger(token) && token >= 0 && token < vocabulary;
  return rows.every(({ tokens }) => tokens.every(isKnown))
    ? null
    : told`An example has tokens that the base does not know.`;
}

function impossible(reason: Told): Assessment {
  return { possible: false, reason, memoryBytes: 0, seconds: 0 };
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
