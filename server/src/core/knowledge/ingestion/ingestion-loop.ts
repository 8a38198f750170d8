import { adoptForgotten } from './adopt-forgotten.ts';
import { runIngestionJob, type IngestionParts } from './ingestion.ts';
import { pause } from './pause.ts';
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

/** Longer than an upload may take: what is unread and in no job since then is of a service that died. */
const uploadsTakeMs = 5 * 60_000;
const adoptEveryMs = 60_000;
/** How often it is looked whether the index has lost documents, and how soon again when that failed. */
const refillEveryMs = 5 * 60_000;
const refillAgainMs = 5_000;

export interface IngestionLoopParts extends IngestionParts {
  /** Whether other services work on the same stores. */
  isShared: boolean;
  now: () => Date;
  /** Told what went wrong outside of any document; the loop goes on. */
  onError: (error: unknown) => void;
}

export function createIngestionLoop(parts: IngestionLoopParts): IngestionLoop {
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

  const adopt = async (): Promise<void> => {
    const patienceMs = parts.isShared ? uploadsTakeMs : 0;
    await adoptForgotten(parts, { notSince: new Date(parts.now().getTime() - patienceMs) }).catch(parts.onError);
  };
  const adoptNowAndThen = async (signal: AbortSignal): Promise<void> => {
    while (parts.isShared && !signal.aborted) {
      await pause(adoptEveryMs, signal);
      if (!signal.aborted) await adopt();
    }
  };

  const refillNowAndThen = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      let pauseMs = refillEveryMs;
      try {
        await refillIndex(parts, { signal, onError: parts.onError });
      } catch (error) {
        parts.onError(error);
        pauseMs = refillAgainMs;
      }
      await pause(pauseMs, signal);
    }
  };

  return {
    async run(signal) {
      signal.addEventListener('abort', wakeAll, { once: true });
      await adopt();
      await Promise.all([
        refillNowAndThen(signal),
        adoptNowAndThen(signal),
        ...Array.from({ length: jobsAtOnce }, () => lane(signal)),
      ]);
    },
    wake: wakeAll,
  };
}
