import type { Job } from '../../models/job.ts';

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
}

/** Watches jobs: changes of this process are told at once, those of others are found by looking while anybody watches. */
export function createJobWatch(find: (id: string) => Promise<Job | undefined>): JobWatch {
  const watchedJobs = new Map<string, Watched>();
  let timer: NodeJS.Timeout | null = null;

  const look = async (id: string): Promise<void> => {
    const watched = watchedJobs.get(id);
    const job = watched === undefined ? undefined : await find(id).catch(() => undefined);
    if (watched === undefined || job === undefined) return;
    const state = stateOf(job);
    if (watched.lastState === state) return;
    watched.lastState = state;
    for (const changed of watched.callbacks) changed(job);
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    watch(id, changed) {
      const watched = watchedJobs.get(id) ?? { callbacks: new Set(), lastState: null };
      watchedJobs.set(id, watched);
      watched.callbacks.add(changed);
      timer ??= setInterval(() => {
        for (const each of watchedJobs.keys()) void look(each);
      }, pollMs).unref();
      return () => {
        watched.callbacks.delete(changed);
        if (watched.callbacks.size > 0 || watchedJobs.get(id) !== watched) return;
        watchedJobs.delete(id);
        if (watchedJobs.size === 0) stop();
      };
    },
    look: (id) => void look(id),
    stop,
  };
}

function stateOf({ status, attempts, progress, error }: Job): string {
  return JSON.stringify([status, attempts, progress, error]);
}
