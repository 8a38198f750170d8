import type { Trainer, TrainingEvent, TrainingRun } from '../../src/ports/trainer.ts';

export type Finished = Extract<TrainingEvent, { type: 'finished' }>;

/** Trains to the end, and shows each event as it comes. */
export async function trainingEvents(
  trainer: Trainer,
  run: TrainingRun,
  see: (event: TrainingEvent) => void = () => {},
): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of trainer.train(run, { signal: new AbortController().signal })) {
    events.push(event);
    see(event);
  }
  return events;
}

export async function finishTraining(trainer: Trainer, run: TrainingRun): Promise<Finished> {
  const last = (await trainingEvents(trainer, run)).at(-1);
  if (last?.type !== 'finished') throw new Error('the run did not finish');
  return last;
}
