import type { Job } from '../models/job.ts';

export interface JobWatch {
  watch(id: string, changed: (job: Job) => void): () => void;
  /** Looks at once, because this process changed the job. */
  look(id: string): void;
  stop(): void;
}

/** How soon a change by another process is seen. */
const pollMs = 250;

interface Watched {
  callbacks: Set<(job: Job) => void>;
  lastState: string | null;
  /** The number of the look that saw it. */
  lastLook: number;
}

/**
 * Watches jobs: changes of this process are told at once, those of others are found by looking while anybody watches,
 * at all jobs together, and not again before the last look has ended.
 */
export function createJobWatch(findJobs: (ids: readonly string[]) => Promise<readonly Job[]>): JobWatch {
  const watchedJobs = new Map<string, Watched>();
  let timer: NodeJS.Timeout | null = null;
  let polling = false;
  let looks = 0;

  const tell = (job: Job, number: number): void => {
    const watched = watchedJobs.get(job.id);
    // A slow look must not tell what a later one has overtaken.
    if (watched === undefined || number < watched.lastLook) return;
    watched.lastLook = number;
    const state = stateOf(job);
    if (watched.lastState === state) return;
    watched.lastState = state;
    for (const changed of watched.callbacks) changed(job);
  };
  // What cannot be read now is read by the next look.
  const look = async (ids: readonly string[]): Promise<void> => {
    looks += 1;
    const number = looks;
    const jobs = await findJobs(ids).catch(() => []);
    for (const job of jobs) tell(job, number);
  };
  const poll = async (): Promise<void> => {
    if (polling) return;
    polling = true;
    await look([...watchedJobs.keys()]);
    polling = false;
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    watch(id, changed) {
      const watched = watchedJobs.get(id) ?? { callbacks: new Set(), lastState: null, lastLook: 0 };
      watchedJobs.set(id, watched);
      watched.callbacks.add(changed);
      timer ??= setInterval(() => void poll(), pollMs).unref();
      return () => {
        watched.callbacks.delete(changed);
        if (watched.callbacks.size > 0 || watchedJobs.get(id) !== watched) return;
        watchedJobs.delete(id);
        if (watchedJobs.size === 0) stop();
      };
    },
    look: (id) => {
      if (watchedJobs.has(id)) void look([id]);
    },
    stop,
  };
}

function stateOf({ status, attempts, progress, error }: Job): string {
  return JSON.stringify([status, attempts, progress, error]);
}
