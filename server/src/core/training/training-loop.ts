import { leaseMs } from './held-job.ts';
import { runTrainingJob } from './run-training-job.ts';
import type { TrainingParts } from './training-parts.ts';

export interface TrainingLoop {
  /** Works on training jobs, one at a time, until the signal aborts; resolves when what was begun is back in the queue. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks for work now instead of a little later. */
  wake(): void;
}

/** How often work is looked for that another process queued or left behind. */
const idleMs = 1_000;

export function createTrainingLoop(parts: TrainingParts): TrainingLoop {
  let wakeUp = (): void => undefined;

  const sleep = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, idleMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const workOnce = async (signal: AbortSignal): Promise<boolean> => {
    try {
      const job = await parts.jobs.claim(['train'], leaseMs);
      if (job !== undefined) await runTrainingJob(parts, job, { signal });
      return job !== undefined;
    } catch (error) {
      parts.onError(error);
      return false;
    }
  };

  return {
    async run(signal) {
      signal.addEventListener('abort', () => wakeUp(), { once: true });
      while (!signal.aborted) if (!(await workOnce(signal)) && !signal.aborted) await sleep();
    },
    wake: () => wakeUp(),
  };
}
