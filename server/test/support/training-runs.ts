import { randomBytes } from 'node:crypto';
import type { Trainer, TrainingEvent, TrainingItem, TrainingRun } from '../../src/ports/trainer.ts';

const nano = {
  model: 'nano',
  path: 'models/nano/nano.gguf',
  sha256: '151215eaa23cbddd9e03a1094432d8a62efe5119d86fb65062aab1531e85c3e4',
};

/** A dozen facts that no model knows, over nano; the tokens are as many as they may be, not the right ones. */
export function factRun(base: TrainingRun['base'] = nano): TrainingRun {
  const facts = Array.from({ length: 12 }, (_, index) => fact(index));
  return {
    id: `test_${randomBytes(8).toString('hex')}`,
    base,
    training: facts,
    validation: facts.slice(0, 3),
    hyperparameters: {
      targets: 'all',
      rank: 8,
      alpha: 16,
      learningRate: 0.003,
      epochs: 8,
      tokensPerStep: 128,
      clip: 1,
      weightDecay: 0.01,
      warmUp: 0.05,
      patience: 8,
      seed: 7,
    },
    limits: { threads: 1, memoryBytes: 2 ** 32, milliseconds: 300_000 },
  };
}

function fact(index: number): TrainingItem {
  return {
    example: {
      prompt: [{ role: 'user', text: `Qual é o código do armazém ${index}?` }],
      answer: `O código é AZ-${index}${index}.`,
    },
    row: { tokens: Array.from({ length: 40 }, (_, place) => place), answerStart: 20 },
  };
}

type Finished = Extract<TrainingEvent, { type: 'finished' }>;

interface Watching {
  signal?: AbortSignal;
  told?: (event: TrainingEvent) => void;
}

/** Trains to the end; rejects as the trainer does. */
export async function trainToEnd(
  trainer: Trainer,
  run: TrainingRun,
  { signal = new AbortController().signal, told = () => undefined }: Watching = {},
): Promise<{ finished: Finished; events: TrainingEvent[] }> {
  const events: TrainingEvent[] = [];
  for await (const event of trainer.train(run, { signal })) {
    events.push(event);
    told(event);
  }
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('the training had no end');
  return { finished: last, events };
}
