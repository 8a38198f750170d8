import { adoptForgotten } from './adopt-forgotten.ts';
import { runIngestionJob, type IngestionParts } from './ingestion.ts';
import { refillIndex } from './refill-index.ts';

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
  const sleepers = new Set<() => void>();

  const sleep = (): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, idleMs);
      sleepers.add(wake);
    });
  const wakeAll = (): void => {
    for (const wake of sleepers) wake();
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
    while (!signal.aborted) if (!(await workOnce(signal)) && !signal.aborted) await sleep();
  };

  return {
    async run(signal) {
      signal.addEventListener('abort', wakeAll, { once: true });
      await adoptForgotten(parts).catch(parts.onError);
      const refilled = refillIndex(parts, { signal, onError: parts.onError }).catch(parts.onError);
      await Promise.all([refilled, ...Array.from({ length: jobsAtOnce }, () => lane(signal))]);
    },
    wake: wakeAll,
  };
}
