import { adoptForgotten } from './adopt-forgotten.ts';
import { runIngestionJob, type IngestionParts } from './ingestion.ts';
import { pause } from './pause.ts';

export interface IngestionLoop {
  /** Works on ingestion jobs until the signal aborts; resolves when what was begun is back in the queue. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks for work now instead of a little later. */
  wake(): void;
}

const leaseMs = 10_000;
/** How often work is looked for that another process queued or left behind. */
const idleMs = 1_000;
/** So a note is not kept waiting by a large folder. */
const jobsAtOnce = 3;

/** @param onError is told what went wrong outside of any document; the loop goes on. */
export function createIngestionLoop(parts: IngestionParts & { onError: (error: unknown) => void }): IngestionLoop {
  const sleepers = new Set<AbortController>();

  const sleep = async (signal: AbortSignal): Promise<void> => {
    const sleeper = new AbortController();
    sleepers.add(sleeper);
    await pause(idleMs, AbortSignal.any([signal, sleeper.signal]));
    sleepers.delete(sleeper);
  };
  const workOnce = async (signal: AbortSignal): Promise<boolean> => {
    try {
      const job = await parts.jobs.claim(['ingest'], leaseMs);
      if (job !== undefined) await runIngestionJob(parts, job, { signal });
      return job !== undefined;
    } catch (error) {
      parts.onError(error);
      return false;
    }
  };
  const lane = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) if (!(await workOnce(signal))) await sleep(signal);
  };

  return {
    async run(signal) {
      await adoptForgotten(parts).catch(parts.onError);
      await Promise.all(Array.from({ length: jobsAtOnce }, () => lane(signal)));
    },
    wake() {
      for (const sleeper of sleepers) sleeper.abort();
    },
  };
}
