import { pause } from '../../knowledge/ingestion/pause.ts';
import { leaseMs } from '../../training/held-job.ts';
import type { InsightTools } from '../insight-ports.ts';
import { runInsightJob } from './run-insight-job.ts';

export interface InsightLoop {
  /** Works on requests that nobody waits for, one at a time, until the signal aborts; resolves when what was begun is back in the queue. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks for work now instead of a little later. */
  wake(): void;
}

/** How often work is looked for that another process queued or left behind. */
const idleMs = 1_000;

export function createInsightLoop(tools: InsightTools): InsightLoop {
  let sleeping = new AbortController();

  const sleep = async (): Promise<void> => {
    sleeping = new AbortController();
    await pause(idleMs, sleeping.signal);
  };
  const workOnce = async (signal: AbortSignal): Promise<boolean> => {
    try {
      const job = await tools.jobs.claim(['insight'], leaseMs);
      if (job !== undefined) await runInsightJob(tools, job, { signal });
      return job !== undefined;
    } catch (error) {
      tools.onError(error);
      return false;
    }
  };

  return {
    async run(signal) {
      signal.addEventListener('abort', () => sleeping.abort(), { once: true });
      while (!signal.aborted) if (!(await workOnce(signal)) && !signal.aborted) await sleep();
    },
    wake: () => sleeping.abort(),
  };
}
