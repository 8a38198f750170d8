import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { TrainingEvent, TrainingRun } from '../../ports/trainer.ts';
import type { HeldJob } from './held-job.ts';
import type { TrainedAdapter } from './trained-adapter.ts';
import type { TrainingParts } from './training-parts.ts';

/** More would only wear the database out: whoever watches sees it four times in a second at most. */
const reportEveryMs = 500;

/** Trains, telling how far it is, and stores the file under its digest. */
export async function trainAdapter(parts: TrainingParts, held: HeldJob, run: TrainingRun): Promise<TrainedAdapter> {
  const { trainer, blobs, readAdapter } = parts;
  await held.report({ step: 'running' });
  const reporter = createReporter(held);
  for await (const event of trainer.train(run, { signal: held.signal })) {
    if (event.type === 'waiting') {
      await held.report({ step: 'waiting' });
      continue;
    }
    if (event.type === 'started') await held.report({ step: 'running' });
    if (event.type !== 'finished') {
      await reporter.tell(event);
      continue;
    }
    const digest = `sha256:${event.sha256}`;
    await reporter.tell(event);
    await blobs.put(digest, readAdapter(event.adapterPath), { bytes: event.bytes });
    return { digest, bytes: event.bytes };
  }
  held.signal.throwIfAborted();
  throw new AppError('training_failed', { detail: told`The trainer ended without an adapter.` });
}

type ToldEvent = Exclude<TrainingEvent, { type: 'waiting' }>;

function createReporter(held: HeldJob): { tell(event: ToldEvent): Promise<void> } {
  let total = 0;
  let done = 0;
  let figures: Record<string, number> = {};
  let toldAt = -Infinity;
  return {
    async tell(event) {
      if (event.type === 'started') [total, done] = [event.steps, event.resumedAt];
      else if (event.type === 'step') {
        const { step, loss, tokensPerSecond, secondsLeft } = event;
        done = step;
        figures = { ...figures, loss, tokensPerSecond, secondsLeft };
      } else if (event.type === 'epoch') figures = { ...figures, validationLoss: event.validationLoss };
      else {
        total = done = event.steps;
        figures = { ...figures, validationLoss: event.validationLoss, secondsLeft: 0 };
      }
      const time = performance.now();
      if (event.type === 'step' && time - toldAt < reportEveryMs) return;
      toldAt = time;
      await held.report({ done, total, figures });
    },
  };
}
