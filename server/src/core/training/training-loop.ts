import { pause } from '../knowledge/ingestion/pause.ts';
import { leaseMs } from './held-job.ts';
import { runTrainingJob } from './run-training-job.ts';
import { discardLeftovers } from './take-back.ts';
import type { TrainingParts } from './training-parts.ts';

export interface TrainingLoop {
  /** Works on training jobs, one at a time, until the signal aborts; resolves when what was begun is back in the queue. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks for work now instead of a little later. */
  wake(): void;
}

/** How often work is looked for that another process queued or left behind. */
const idleMs = 1_000;
/** How often it is looked whether anything is left of jobs that have ended. */
const clearUpEveryMs = 30_000;

export function createTrainingLoop(parts: TrainingParts): TrainingLoop {
  let sleeping = new AbortController();
  let clearedUpAt = -Infinity;

  const clearUp = async (): Promise<void> => {
    if (performance.now() - clearedUpAt < clearUpEveryMs) return;
    clearedUpAt = performance.now();
    await discardLeftovers(parts).catch(parts.onError);
  };
  const sleep = async (): Promise<void> => {
    sleeping = new AbortController();
    await pause(idleMs, sleeping.signal);
  };
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
      signal.addEventListener('abort', () => sleeping.abort(), { once: true });
      while (!signal.aborted) {
        await clearUp();
        if (!(await workOnce(signal)) && !signal.aborted) await sleep();
      }
    },
    wake: () => sleeping.abort(),
  };
}
